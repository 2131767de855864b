/* Words that are selected in the text go into the form that adds a tag; without this file they are copied there. */
"use strict";

document.addEventListener("selectionchange", () => {
  const field = document.querySelector("[data-selection]");
  const selection = document.getSelection();
  const text = document.querySelector(".story .text");
  if (!field || !text || selection.isCollapsed || !text.contains(selection.anchorNode) || !text.contains(selection.focusNode)) return;
  const words = selection.toString().trim();
  if (!words || words.includes("\n")) return;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(selection.getRangeAt(0).startContainer, selection.getRangeAt(0).startOffset);
  field.value = words;
  field.form.elements.ke.value = String(before.toString().split(words).length);
});
