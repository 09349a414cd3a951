/**
 * SQL: what a language of a template is at an account of the provider: what that account says of it, else "draft" where another one
 * has been given it and this one not. A language that no account has told of, and a workspace without a number, keep its own word. `l` is
 * the name of `template_language` in the query, `account` the account's id.
 */
export const statusAtAccount = (l: string, account: string): string => `
  coalesce(
    (select a.status from template_account a
     where a.template_id = ${l}.template_id and a.language = ${l}.language and a.account_id = ${account}),
    case when ${account} is not null
          and exists (select from template_account a where a.template_id = ${l}.template_id and a.language = ${l}.language)
      then 'draft' else ${l}.status end)`;
