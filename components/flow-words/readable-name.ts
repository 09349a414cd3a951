/** "first_name" and "dueDate" as people read them: "First name", "Due date". */
export function readableName(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/\.\d+$/, "")
    .replaceAll(/[._-]+/g, " ")
    .toLowerCase();
  return capitalized(words);
}

export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
