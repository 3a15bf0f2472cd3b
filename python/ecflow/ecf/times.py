"""Attributes of time: clocks, times, dates, days, crons, lateness."""

from __future__ import annotations

from typing import Any, Dict, List, Tuple

from .. import ecf
from .attributes import Attribute
from .basics import nat, raw, real
from .current import CWN


class Clock(Attribute):
    """The clock of a suite: ``real`` or ``hybrid``, then perhaps a date, then perhaps a gain in seconds.

    Examples: "real", "hybrid +3600", "hybrid 1.2.2030 -60". A gain of "24:00" is none, "None" is no clock.
    Only suites take one, and only the first.
    """

    def __init__(self, arg: Any = "24:00", hybrid: Any = 0) -> None:
        self.load = _clock(arg, hybrid)
        CWN(self)

    def add_to(self, node: Any) -> Any:
        suite = real(node)
        if not isinstance(suite, raw.Suite):
            print("#WAR: clock can only be attached to suite node,\n", "#WAR: clock is ignored")
            return None
        if suite.get_clock() is None and self.load is not None:
            suite.add_clock(self.load)
        return node


def _clock(arg: Any, hybrid: Any) -> Any:
    if arg is None:
        return None
    if not isinstance(arg, str):
        return raw.Clock(arg) if isinstance(arg, bool) else raw.Clock(arg, hybrid)
    if arg in ("real", "24:00"):
        return raw.Clock(False)
    hybrid = "hybrid" in arg
    if arg == "hybrid":
        return raw.Clock(True)
    kind = "hybrid" if "hybrid " in arg else "real"
    arg = nat(arg, kind).replace(" -s", "")
    if arg == "None" and not hybrid:
        return None
    gain = arg
    if "." in arg and " " in arg:
        date, gain = arg.split(" ")
        day, month, year = date.split(".")
        clock = raw.Clock(int(day), int(month), int(year), hybrid)
    else:
        clock = raw.Clock(hybrid)
    if gain:
        clock.set_gain_in_seconds(int(gain), "+" in gain)
    return clock


class Time(Attribute):
    """A time: "10:00", "+00:30", "10:00 20:00 01:00", or a raw one.

    This and its relatives add nothing while the switch ``USE_TIME`` is off.
    """

    def __init__(self, arg: Any) -> None:
        self.load = arg

    def _wanted(self) -> bool:
        return bool(ecf.USE_TIME) and self.load is not None

    def add_to(self, node: Any) -> Any:
        if self._wanted():
            real(node).add_time(self.load)
        return node


class Today(Time):
    """A time of today, which does not wait for tomorrow."""

    def add_to(self, node: Any) -> Any:
        if self._wanted():
            real(node).add_today(self.load)
        return node


class Cron(Time):
    """A repeated time: "10:00", "-w 0,6 10:00", "-d 1,15 -m 1,7 10:00 20:00 01:00".

    The lists of days of the week (Sunday is 0), days and months can be arguments when the text has an option
    as well; the text wins. ValueError: no time.
    """

    def __init__(self, bes: str, wdays: Any = None, days: Any = None, months: Any = None) -> None:
        self.load = raw.Cron()
        if not any(option in bes for option in ("-w", "-m", "-d", "-s")):
            self.load.set_time_series(bes)
            return
        options, begin = _cron_options(bes)
        for setter, argument, option in (
            (self.load.set_week_days, wdays, "-w"),
            (self.load.set_days_of_month, days, "-d"),
            (self.load.set_months, months, "-m"),
        ):
            if argument is not None:
                setter(argument)
            if option in options:
                setter([int(number) for number in options[option].split(",")])
        self.load.set_time_series(begin)

    def add_to(self, node: Any) -> Any:
        if self._wanted():
            real(node).add_cron(self.load)
        else:
            print("#WAR: ignoring: %s" % self.load)
        return node


def _cron_options(text: str) -> Tuple[Dict[str, str], str]:
    """Options of a cron by letter, and its times."""
    options: Dict[str, str] = {}
    times: List[str] = []
    words = iter(text.split())
    for word in words:
        if word[:2] in ("-w", "-d", "-m"):
            options[word[:2]] = word[2:] or next(words, "")
        elif word != "-s":
            times.append(word)
    if not times:
        raise ValueError(f"cron '{text}': no time")
    return options, " ".join(times)


class Date(Time):
    """A date, ``day.month.year``, each of them a number or ``*``.

    With ``mask`` the node gets the date as its variable DATEMASK instead.
    """

    def __init__(self, arg: Any, mask: Any = False) -> None:
        super().__init__(arg)
        self.mask = mask

    def add_to(self, node: Any) -> Any:
        if self._wanted():
            if self.mask:
                real(node).add_variable("DATEMASK", self.load)
            else:
                day, month, year = (0 if part == "*" else int(part) for part in self.load.split("."))
                real(node).add_date(day, month, year)
        return node


class Day(Date):
    """A day of the week: "monday", "mon", its number (Sunday is 0), or an ``ecflow.Days``. KeyError: another text."""

    def add_to(self, node: Any) -> Any:
        if not self._wanted():
            return None
        day = self.load
        if isinstance(day, str):
            names = {
                name[:length]: each for name, each in raw.Days.names.items() for length in (3, len(name))
            }
            day = names[day]
        real(node).add_day(raw.Days(day))
        return node


class Late(Attribute):
    """When a node is late: "-s +00:15 -a 20:00 -c +02:00", submitted, active and complete.

    Nothing, while the switch ``USE_LATE`` is off - which it is unless the user turns it on.
    """

    def __init__(self, arg: str) -> None:
        self.load = None
        if not ecf.USE_LATE:
            return
        self.load = raw.Late()
        options = set()
        for word in arg.split(" "):
            if word in ("-s", "-c", "-a"):
                options.add(word)
                continue
            hour, minute = word.split(":")
            slot, relative = raw.TimeSlot(int(hour), int(minute)), "+" in hour
            if "-s" in options:
                self.load.submitted(slot)
            elif "-c" in options:
                self.load.complete(slot, relative)
            elif "-a" in options:
                self.load.active(slot)
            options.clear()

    def add_to(self, node: Any) -> Any:
        if ecf.USE_LATE and self.load is not None:
            real(node).add_late(self.load)
        return node


__all__ = ["Clock", "Cron", "Date", "Day", "Late", "Time", "Today"]
