"""Claims, events and judgements as JSON, in the codebook's field names: what programs exchange with Rashomon.

What comes in is checked by pydantic; a field that the codebook lets be empty may be missing. What goes out is one JSON
object a line, keys in a fixed order, so that the same claims give the same bytes.
"""

from rashomon.wire.bonds import bond_to_json, candidate_to_json
from rashomon.wire.hearing import hearing_to_json, silences_to_json
from rashomon.wire.incoming import HAND, BadLine, claim_from_json, claim_id, event_from_json, read_claims
from rashomon.wire.judging import check_name, judgement_from_json, judgement_id, judgement_to_json, read_judgements
from rashomon.wire.outgoing import claim_to_json, dump_line, event_to_json, place_to_json

__all__ = [
    "HAND",
    "BadLine",
    "bond_to_json",
    "candidate_to_json",
    "check_name",
    "claim_from_json",
    "claim_id",
    "claim_to_json",
    "dump_line",
    "event_from_json",
    "event_to_json",
    "hearing_to_json",
    "judgement_from_json",
    "judgement_id",
    "judgement_to_json",
    "place_to_json",
    "read_claims",
    "read_judgements",
    "silences_to_json",
]
