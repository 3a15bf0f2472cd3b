"""Programs of one attribute each, and of small functions."""


def adding(*attributes, to="Task('t')"):
    """A program for each attribute, which adds it to a task (or so) in a suite and shows the definition."""
    return [
        f"s = Suite('s'); n = {to}\ns.add(n)\nr = n.add({attribute})\nprint(r is n)\nd = Defs().add(s)\nprint(d)"
        for attribute in attributes
    ]


def values(*expressions):
    return [f"print({expression})" for expression in expressions]


LABELS = adding(
    "Label('a')", "Label('a', 'b c')", "Label('a', 1)", "Label()", "Label('a'), Label('a')", "[Label('a'), Label('b', 'x')]",
    "Meter('m', 0, 10)", "Meter('m', 0, 10, 5)", "Meter('m', -1, 10, None)", "Meter('m', 10, 0)", "Meter('m', 0, 10), Meter('m', 0, 10)",
    "Event()", "Event('a')", "Event(1)", "Event('1')", "Event('1 a')", "Event('a', 1)", "Event(1, 'a')", "Event(num=1, name='1')",
    "Event('1', 'a')", "Event('a', '1')", "Event('200000 a')", "Event('x', 200000)", "Event(5, 200000)", "Event('2147483647 e')", "Event('1 ')",
    "Event('a b c')", "Event('a', 'b')", "Event('', '')", "Event(None)", "Event('a'), Event('a')", "Event(1, 'a'), Event(2, 'a')", "Event(1.5)",
    "Verify('complete:1')", "Verify('aborted:3')", "Verify('verify complete:2')", "Verify('x:1')", "Verify('suspended:1')", "Verify('complete')",
    "Defstatus('complete')", "Defstatus('suspended')", "Defstatus('x')", "Defstatus(raw.DState.aborted)", "Defstatus(5)", "Defstatus(None)",
    "Defstatus('active'), Defstatus('queued')", "AutoMigrate()", "Script('x')", "AttributeList([Label('x'), Edit(A=1)])", "Extern('/a')",
)  # fmt: skip
LIMITS = adding(
    "Limit('l', 3)", "Limit('l', '4')", "Limit()", "Limit(None)", "Limit({'b': 2, 'a': 1})", "Limit({'b': 2, 'a': 1}, inlimit=1)",
    "Limit('l', 'x')", "Limit('l', 1), Limit('l', 2)", "Limit({'a': '1'})", "Inlimit('/s:l')", "Inlimit('l')", "Inlimit('/s:l', 2)", "Inlimit('/s:l 3')",
    "Inlimit('/s/f-x:l-m')", "InLimit('/s:l'), InLimit('/s:l')", "InLimit('/s:l'), InLimit('/s:l', 2)", "Inlimit('/None:l')", "Inlimit('None')",
    "Inlimit('a:b:c')", "Inlimit(None)", "Inlimit('')", "Inlimit('/s:l x')", to="Family('f')",
) + values("Inlimit('/s:l').value()", "Inlimit('/s:l').name()", "Inlimit('l').value()", "repr(InLimit('/s/f:a-b 3').tokens_)")  # fmt: skip
EDITS = adding(
    "Edit('A', 1)", "Edit('A', 'b c')", "Edit('A', '')", "Edit('A')", "Edit()", "Edit(None, None)", "Edit(A=1)", "Edit(A=1, B=2)",
    "Edit(C=3, B=2, A=1, D=4, E=5)", "Edit({'A': 1})", "Edit({'C': 3, 'B': 2, 'A': 1, 'D': 4})", "Edit({'A': 1}, Z=2)", "Edit('A', 1, B=2, C=3)",
    "Edit(['A', 1])", "Edit(('A', 1))", "Edit(A=True)", "Edit(USE_HUGEPAGE=True)", "Edit(A=True, B='True', C=False)", "Edit({'A': True, 'B': True})",
    "Edit('A', None)", "Edit('A', 1.5)", "Edit('a b', 1)", "Edit('A', 1), Edit('A', 2)", "Variables(A=1)", "Variable('A', 1)", "Variables({'X': 'y'})",
    "Edit('ECF_JOB_CMD', 'x %WSHOST% y')", "Edit('ECF_JOB_CMD', '%SCHOST% %WSHOST% %HOST%')", "Edit('ECF_JOB_CMD', 'x')", "Edit(ECF_JOB_CMD='%HOST%', B=1)",
    "Edit('ECF_KILL_CMD', 'x %WSHOST%')", "Edit('X', 'ECF_KILL_CMD edit WSHOST x')", "Edit('X', 'ECF_JOB_CMD %HOST%')", "Edit({})", "Edit('SMSCMD', 'x')",
    "Edit('A', 1).add(Label('a'))", "Edit('A', 1).add(Task('u'))",
) + [
    "ecf.SORT = False\nt = Task('t').add(Edit(C=3, B=2, A=1, D=4), Edit({'Z': 1, 'Y': 2, 'X': 3}))\nprint(repr(t))",
    "t = raw.Task('t')\nEdit(A=1).add_to(t)\nprint(t)",
    "import ecflow.sms2ecf\nprint(translate('ECF_HOME', 'x'), translate('A'), translate('SMSHOME', '/x/SMS'))",
]  # fmt: skip
TIMES = adding(
    "Time('10:00')", "Time('+00:30')", "Time('10:00 20:00 01:00')", "Time('x')", "Time(None)", "Time(raw.Time('11:00'))", "Time(10)", "Today('14:00')",
    "Today('+00:01')", "Today(raw.Today(3, 0))", "Cron('10:00')", "Cron('00:00 23:59 01:00')", "Cron('-w 0,1 10:00')", "Cron('-d 1,15 -m 1,2 10:00 20:00 01:00')",
    "Cron('-m 12 -w 3 +00:10')", "Cron('-w 1 -s 10:00')", "Cron('-s 10:00')", "Cron('-w0,1 10:00')", "Cron('10:00 -w 5')", "Cron('-w 8 10:00')", "Cron('-w x 10:00')",
    "Cron('x')", "Cron('10:00', wdays=[1])", "Cron('-d 1 10:00', wdays=[1, 2])", "Cron('-w 3 10:00', wdays=[1, 2])", "Cron('-w 1 -w 2 10:00')",
    "Date('1.2.2030')", "Date('1.*.*')", "Date('*.*.2030')", "Date('1.2')", "Date('x.*.*')", "Date('32.1.2030')", "Date('1.2.2030', True)", "Date(None)",
    "Day('monday')", "Day('sun')", "Day('Monday')", "Day(3)", "Day(raw.Days.friday)", "Day(None)", "Day('sat'), Day('tue')", "Day('thurs')",
    "Late('-s +00:15')", "Autocancel(3)", "Autocancel('3')", "Autocancel('10:00')", "Autocancel('+01:30')", "AutoCancel('x')", "Autocancel(None)", "AutoCancel(0)",
    "Clock('real')",
) + adding("Clock('real')", "Clock('hybrid')", to="Suite('u')") + [
    "s = Suite('s')\nr = s.add(%s)\nprint(r is s)\nprint(repr(s))" % clock
    for clock in (
        "Clock('real')", "Clock('hybrid')", "Clock('hybrid +3600')", "Clock('real 3600')", "Clock('real +60')", "Clock('hybrid 1.2.2030 60')",
        "Clock('1.2.2030 +60')", "Clock('real 1.2.2030 ')", "Clock('hybrid 1.2.2030 -60')", "Clock('1.2.2030')", "Clock('None')", "Clock('')", "Clock('+60')",
        "Clock('60')", "Clock('x')", "Clock('hybrid -s')", "Clock('real 60 -s')", "Clock('real'), Clock('hybrid')", "Clock(1, 2)", "Late('-s +00:15')",
        "Edit(A=1), Limit('l', 2), Label('x'), Autocancel(1)", "Repeat('YMD', 20300101, 20300105)",
    )
] + [
    "ecf.USE_LATE = True\nt = Task('t').add(%s)\nprint(repr(t))\nprint(to_json(raw.Task('x')))" % late
    for late in (
        "Late('-s +00:15')", "Late('-s 00:15 -a 20:00 -c +02:00')", "Late('-c 02:00')", "Late('-a 20:00')", "Late('10:00')", "Late('-s x')", "Late('')",
        "Late('-s -c +01:00')", "Late('-c -a 01:00')", "Late('-s 00:05'), Late('-c 01:00')", "Late('-s')", "Late('-x 01:00')",
    )
] + [
    "ecf.USE_TIME = False\nt = Task('t').add(Time('10:00'), Today('10:00'), Date('1.1.2030'), Day('mon'), Cron('10:00'))\nprint(repr(t))",
    "ecf.USE_LIMIT = False\nt = Task('t').add(Limit('a', 1), Inlimit('/s:a')).inlimit('/s:x')\nprint(repr(t))",
    "ecf.USE_LIMIT = False\ni = Inlimit('/s:a')\necf.USE_LIMIT = True\nTask('t').add(i)",
    "ecf.USE_TRIGGER = False\nt = Task('t').add(Trigger('1==1'), Complete('1==1')).complete('a==complete')\nprint(repr(t))",
    "ecf.USE_VERIFY = False\nprint(repr(Task('t').add(Verify('complete:1'))))",
    "t = raw.Task('t')\necf.USE_LATE = True\nLate('-s +00:15').add_to(t)\nprint(t)\nDefstatus('complete').add_to(t)\nprint(t)",
]  # fmt: skip
TRIGGERS = adding(*(
    f"{kind}({expression})" for kind in ("Trigger", "Complete") for expression in (
        "'a==complete'", "'a'", "''", "None", "'a %s'", "'%d'", "'trigger a'", "['a']", "['a', 'b']", "['a', 'b', 'c:e']", "['1', '2a']", "['a:1', 'b']",
        "['a == complete', 'b']", "['a', 'b == complete']", "['a', None, 'b']", "[]", "()", "('a', 'b')", "{'a'}", "['']", "['a', '']", "['a', ['b']]",
        "['a or b', 'c']", "['a', ' or b']", "['a', ' or b:e']", "['a', ' or b ne complete']", "['a ne complete', 'b']", "['a', 'b ne complete']", "['<main>']",
        "[Task('x')]", "[Family('x'), Task('y')]", "[raw.Task('x'), raw.Family('y')]", "[5]", "5", "Task('x')", "Family('x')", "Task('x') == COMPLETE",
        "'x' == COMPLETE", "['YMD+2']", "Task('x') & Task('y')", "raw.Task('x') == ABORTED", "True", "{'a': 1}", "raw.Suite('s')", "[raw.Suite('s')]", "['a', 'b', 'c']",
    )
)) + adding(
    "Trigger('a==complete'), Trigger('b==complete')", "Trigger(['a']), Trigger(['b'])", "TriggerImpossible()", "TriggerAlways()", "CompleteAlways()",
    "Trigger('a==complete'), Trigger('b==complete'), Complete('c:e')", "Complete('a==complete'), Complete('b==complete')", "Trigger(')(')", "Trigger('a==complete', True, False)",
) + values(
    "Trigger('a').expression()", "Trigger(['a', 'b']).expression()", "Trigger('a').real", "Trigger(['a']).expr",
    *(f"item_to_string({prev!r}, 0, {name!r})" for prev in (None, "", "a", "a == complete") for name in (
        None, "", "b", "1", "1==0", "b:e", "x or y", "x or y:1", "x or y complete", "b == complete", "b ne complete", "<main>"))
)  # fmt: skip
REPEATS = adding(
    "Repeat()", "Repeat('YMD', 20300101, 20300201)", "Repeat('YMD', 20300101, 20300201, 7)", "Repeat('YMD', '20300101', '20300201', '7')", "Repeat('YMD', 20300101, 20300201, 7, 'date')",
    "Repeat('N', 1, 10, kind='integer')", "Repeat('N', 1, 10, 2, 'int')", "Repeat('E', ['a', 'b'], kind='enumerated')", "Repeat('E', ['a', 'b'], kind='enum')", "Repeat('S', ['a', 'b'], kind='string')",
    "Repeat('S', [], kind='string')", "Repeat('S', [], kind='enum')", "Repeat(kind='day')", "Repeat(step=2, kind='day')", "Repeat('X', kind='other')", "Repeat('date YMD 20300101 20300201 7')",
    "Repeat('date YMD 20300101')", "Repeat('date YMD 20300101 20300201')", "Repeat('integer N 1 10')", "Repeat('integer N 1 10 2')", "Repeat('enumerated E a b')", "Repeat('enumerated E \"a\" \"b\" # 1')",
    "Repeat('string S \"a\" \"b\"')", "Repeat('string S a')", "Repeat('day 2')", "Repeat('enumerated E')", "Repeat('datelist YMD 20300101')", "Repeat('VARIABLE', 20300101, 20300201)", "Repeat('date YMD x')",
    "Repeat('YMD', 'x')", "Repeat('YMD', 20300231, 20300201)", "Repeat('YMD', 20300101, 20300201), Repeat('Y', 20300101, 20300201)", "Repeat('N', 10, 1, 1, 'integer')", to="Family('f')",
) + [
    f"f = Family('f')\nr = f.repeat({arguments})\nprint(r is f)\nprint(repr(f))"
    for arguments in ("", "'Y', 20300101", "'N', 1, 5, kind='integer'", "'E', ['a', 'b'], kind='enumerated'", "'S', ['x'], kind='string'", "kind='x'")
]  # fmt: skip
ZOMBIES = adding(
    "Zombie('ecf:remove::3600')", "Zombie('zombie ecf:remove::3600')", "Zombie('user:fob:init:10')", "Zombie('path:fail:init,event:0')", "Zombie('x:fob::1')", "Zombie('ecf:x::1')",
    "Zombie('ecf:fob:x:1')", "Zombie('ecf:fob::x')", "Zombie('ecf')", "Zombie('ecf_pid:block:label,meter,wait:100')", "Zombie('ecf:adopt::60'), Zombie('user:kill::60')",
)  # fmt: skip
