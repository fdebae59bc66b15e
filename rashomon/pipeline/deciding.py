"""What a person decides: kept in a store, and the events linked again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rashomon.errors import RashomonError
from rashomon.knowledge.files import Layers
from rashomon.knowledge.ontology import Ontology
from rashomon.model import Judgement
from rashomon.pipeline.consequences import Consequences, link_again
from rashomon.pipeline.deriving import check_coder
from rashomon.pipeline.judging import Kept, keep, signed
from rashomon.pipeline.progress import Progress, Silent
from rashomon.pipeline.running import utc_now
from rashomon.pipeline.workbench import Workbench, stamp
from rashomon.settings import Settings
from rashomon.store import Store


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of judgements, and what came of them; None where the events were not linked again."""

    kept: Kept
    came: Consequences | None


def decide(
    store: Store,
    settings: Settings,
    drafts: Iterable[Judgement],
    by: str,
    *,
    link: bool = True,
    refused: Callable[[int, RashomonError], None] | None = None,
    progress: Progress | None = None,
    clock: Callable[[], dt.datetime] = utc_now,
) -> Decided:
    """Keeps judgements, and links again what they touch.

    Args:
        store: where they are kept.
        settings: the knowledge, and the coder whose claims are linked.
        drafts: judgements in their order; those without an id get one, and `by` and the time where they have none.
        by: who decides.
        link: whether to link.
        refused: see `keep`. Where it is given, the drafts may be a file that was kept before: a draft that was kept
            with the same maker and time is not kept again. Else each is a new judgement.
        progress: hears how linking goes.
        clock: tells when they were made, and when linking starts and ends.

    Raises:
        InputError, NotFoundError: one of them would come to nothing, where no `refused` is given; none is kept then.
        RashomonError: the settings, the knowledge or the store cannot be used.
    """
    check_coder(store, settings.coder_name)
    bench = Workbench.of(settings) if link else None
    ontology = bench.knowledge.ontology if bench else Ontology.load(Layers.over_built_in(settings.knowledge))
    taken = [one.id for one in store.view.judgements()] if refused is None else []
    named = signed(drafts, by, stamp(clock()), taken)
    kept = keep(store, named, settings.coder_name, [kind.id for kind in ontology], refused)
    if bench is None or not kept.new:
        return Decided(kept, None)
    return Decided(kept, link_again(store, bench, kept.new, progress or Silent(), clock))
