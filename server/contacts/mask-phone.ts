/** "+221 ••• 12 34": the country and the last four digits. Full numbers are shown by no list. */
export function maskPhone(phone: string | null): string | null {
  if (!phone) return null;
  const digits = phone.replace(/\D/g, "");
  return `+${digits.slice(0, 3)} ••• ${digits.slice(-4, -2)} ${digits.slice(-2)}`;
}
