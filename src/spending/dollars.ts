/** `$0.47`; less than a cent with as many figures as it takes to see it. */
export function dollars(amount: number, language: string): string {
  if (!Number.isFinite(amount)) return '$?';
  const small = amount > 0 && amount < 0.01;
  const format = small ? { maximumSignificantDigits: 2 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return `$${new Intl.NumberFormat(language, format).format(amount)}`;
}
