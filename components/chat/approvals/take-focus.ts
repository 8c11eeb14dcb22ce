/** Takes the focus for as long as the field is there, and leaves it to the card that it is on. */
export function takeFocus(field: HTMLElement | null) {
  const card = field?.closest<HTMLElement>("section");
  field?.focus();
  return () => {
    if (card?.contains(document.activeElement)) card.focus();
  };
}
