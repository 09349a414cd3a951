import { TableHead, TableHeadCell } from "#components/ui/table.tsx";

type CountTableProps = {
  caption: string;
  /** The first column names the row; the others hold numbers. */
  head: readonly string[];
  rows: readonly { id: string; cells: readonly string[] }[];
};

/** What a picture shows, as a table. */
export function CountTable({ caption, head, rows }: CountTableProps) {
  return (
    <table className="w-full border-collapse text-left text-xs">
      <caption className="sr-only">{caption}</caption>
      <TableHead>
        <tr className="border-border border-b">
          {head.map((words, index) => (
            <TableHeadCell key={words} isNumber={index > 0} className="h-7 px-2 text-xs">
              {words}
            </TableHeadCell>
          ))}
        </tr>
      </TableHead>
      <tbody>
        {rows.map(({ id, cells: [name, ...cells] }) => (
          <tr key={id} className="border-border border-b last:border-b-0">
            <th scope="row" className="whitespace-nowrap px-2 py-1.5 font-normal">
              {name}
            </th>
            {cells.map((words, index) => (
              <td key={head[index + 1]} className="tabular whitespace-nowrap px-2 py-1.5 text-right">
                {words}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
