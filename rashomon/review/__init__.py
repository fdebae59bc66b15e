"""What to ask a person next: coded reports as sheets to correct, the least certain first."""

from rashomon.review.sheets import CLAIMS, REPORTS, TO_CHECK, Sheet, least_sure_first, write

__all__ = ["CLAIMS", "REPORTS", "TO_CHECK", "Sheet", "least_sure_first", "write"]
