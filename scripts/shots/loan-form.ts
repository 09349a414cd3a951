const field = (name: string) => ["$", `{form.${name}}`].join("");

/** The form behind "Answer now" on the demo phones: what it asks is what a person fills in there. */
export const loanForm = {
  version: "6.3",
  screens: [
    {
      id: "ASK",
      title: "Your loan",
      terminal: true,
      success: true,
      data: { source: { type: "string", __example__: "chat" } },
      layout: {
        type: "SingleColumnLayout",
        children: [
          { type: "TextHeading", text: "What can we lend you?" },
          { type: "TextBody", text: "Three questions. Nothing is decided by answering them." },
          { type: "TextInput", name: "income", label: "Income a month", "input-type": "number", required: true },
          {
            type: "RadioButtonsGroup",
            name: "paid",
            label: "How are you paid?",
            required: true,
            "data-source": [
              { id: "salary", title: "By an employer" },
              { id: "own", title: "By my own business" },
            ],
          },
          {
            type: "Dropdown",
            name: "years",
            label: "Over how many years?",
            required: true,
            "data-source": ["1", "2", "3", "5"].map((years) => ({ id: years, title: years })),
          },
          {
            type: "Footer",
            label: "See what is possible",
            "on-click-action": {
              name: "complete",
              payload: { income: field("income"), paid: field("paid"), years: field("years") },
            },
          },
        ],
      },
    },
  ],
};
