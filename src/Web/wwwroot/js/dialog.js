// showModal brings the focus trap, the inert page behind and Escape from the browser itself.
export const show = dialog => { if (!dialog.open) dialog.showModal(); };
export const close = dialog => { if (dialog.open) dialog.close(); };
