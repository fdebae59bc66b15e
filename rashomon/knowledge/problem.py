"""What a check of the files of knowledge finds, in one form for every file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something in a file of knowledge that a person should mend.

    Attributes:
        file: the file's whole path: files of several layers have one name.
        where: the entry in it: an id, a word, 'line 12'.
        text: what is wrong, in words.
        remedy: what to do about it.
    """

    file: str
    where: str
    text: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.where}: {self.text}. {self.remedy}"
