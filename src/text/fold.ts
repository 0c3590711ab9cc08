/** Letters without case and accents: how what people type is compared with what it may mean. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
