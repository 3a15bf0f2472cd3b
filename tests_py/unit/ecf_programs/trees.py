"""More programs: whole definitions, and what is made of them."""

EXAMPLE = """
def example():
    s = Suite('s').add(
        Defstatus('suspended'), Clock('hybrid +3600'), Edit(ECF_HOME='/tmp', ECF_INCLUDE='%ECF_HOME%', SLEEP=20),
        Limit({'small': 2, 'large': 20}), Repeat('YMD', 20300101, 20300110, 1))
    s.add(Family('f').add(
        Inlimit('/s:small'), Inlimit('/s:large 2'), Edit(A=1), Repeat('enumerated E a b'), Verify('complete:3'),
        Task('t1').add(Label('info', 'x y'), Meter('step', 0, 240, 100), Event('a'), Event(1), Event('2 b'), Event('3000000 c')),
        Task('t2').add(Trigger(['t1']), Trigger('t1:step ge 100'), Complete('t1:a'), Time('10:00'), Today('+00:10'), Date('1.*.2030'),
                       Day('monday'), Cron('-w 0,1 10:00')),
        Family('g').add(Task('1').add(Defstatus('complete'), Autocancel(3)), Task('2').add(Trigger(['1']), Zombie('ecf:remove:init,event:60')))),
        Task('last').add(Edit(B='c d'), Trigger('f == complete'), Late('-s +00:15 -c +01:00')))
    return s
"""
FULL = """
def full(name, make):
    return make(name).add(Edit(V=1), Event('1 e'), Meter('m', 0, 10), Label('l', 'x'), Limit('k', 3), Inlimit('/s:k 2'))
"""
GRAPHVIZ = """
import sys, types
class Digraph:
    def edge(self, a, b): print('edge', a, b)
    def node(self, a, **kw): print('node', a, kw)
    def render(self, path, view): print('render', path, view)
    def _repr_svg_(self): return '<svg/>'
sys.modules['graphviz'] = types.ModuleType('graphviz')
sys.modules['graphviz'].Digraph = Digraph
"""


def over(head, *bodies):
    return [head + body for body in bodies]


DEFINITIONS = over(
    EXAMPLE,
    "s = example()\nprint(repr(s))\nprint(s, s.name(), s.fullname(), s.get_abs_node_path(), s.get_parent(), s.real is s.load)",
    "ecf.USE_LATE = True\nprint(Defs().add(example()))",
    "d = Defs().add(example())\nprint(d.check())\nprint([x.name() for x in d.suites()], [t.get_abs_node_path() for t in d.get_all_tasks()])",
    "d = Defs().add([example(), None, Suite('x')])\nprint(d.find_abs_node('/s/f/t1').name(), d.find_abs_node('/q'))\nprint(repr(d))",
    "d = Defs()\nd.auto_add_externs(True)\nd.add_extern('/a/b')\nd.add('extern /c:d')\nd.add_suite(example())\nd.add_suite(raw.Suite('r'))\nprint(d)",
    "d = Defs()\nd.add(example())\nd.add(example())",
    "import json\ns = example()\nprint(json.dumps(to_dict(s.real)))",
    "print(to_json(example().real))\nprint(to_json(Defs().add(example()).real))\nprint(to_json({'b': 1, 'a': [1]}), to_json([1, 'x']), to_json(()))",
    "ecf.USE_LATE = True\ns = example()\nt = to_dict(s.real)\nprint(t)",
    "d = Defs().add(example())\nd.add('extern /a')\nprint(to_json(d.real), list(to_dict(d.real)), json_to_defs(to_dict(d.real)))",
    "t = to_dict(Defs().add(example()).real)\nfor key in list(t[':suites'][0][':children']):\n    print(key)\nf = t[':suites'][0]\nf[':children']['f'][':children']['t1'][':meters'] = []\n"
    "r = from_json(f)\nprint(repr(r))\nprint(Defs().add(json_to_defs(t)) if False else '')",
    "f = to_dict(example().real)\nf[':children']['f'][':children']['t1'][':meters'] = []\nd = Defs().add(json_to_defs({':suites': [f]}))\nprint(d)",
    "import json\nprint(json.dumps(to_d3js(example().real)))\nprint(json.dumps(to_d3js(Defs().add(example(), ).real)), to_d3js(raw.Task('t')))",
    "s = example()\nprint(s.to_html(), s._repr_html_(), HTMLWrapper('a\\nb<c'), definition_to_html('x\\ny'), HTMLWrapper(str(Defs().add(s)))._repr_html_())",
    "s = example()\nprint([e.name() for e in Task('t').add(Event('a'), Event('b')).events()], [m.name() for m in Task('t').add(Meter('a', 0, 1)).meters()])",
    "s = example()\nprint([n.name() for n in Family('f').add(Task('a'), Task('b')).nodes()], s.real.find_variable('SLEEP'))\nf = Family('f').add(Edit(A=1), Task('a'))\nprint(f.find_variable('A'))",
    "import tempfile, os\np = os.path.join(tempfile.mkdtemp(), 'x.def')\nd = Defs().add(example())\nd.save_as_defs(p)\nprint(open(p).read())\ndisplay(d, p)\nprint(open(p).read())\nprint(display(d))",
    GRAPHVIZ + "s = example()\nDefs().add(s)\ns.draw_tree()\nprint(Dot()._repr_svg_())",
    GRAPHVIZ + "s = example()\nd = Defs().add(s)\ns.draw_graph()",
    GRAPHVIZ + "s = example()\nd = Defs().add(s)\nfrom ecflow.ecf import _tree\n_tree(Dot(), s.real.find_node if False else d.find_abs_node('/s/f'))",
    GRAPHVIZ + "from ecflow.ecf import _tree\n_tree(Dot(), raw.Suite('s'))",
    GRAPHVIZ + "d = Dot()\nprint(d.node(None), d.node(Task('t')), d.node(raw.Family('f')), d.node(raw.Task('t')))\nd.save('/nonexistent/x', view=False)",
) + over(
    FULL,
    "print(to_pyflow(full('t', Task).real))", "print(to_pyflow(full('f', Family).add(full('a', Task), full('b', Task)).real))",
    "print(to_pyflow([full('f', Family).add(full('a', Task)).real, full('g', Task).add(Defstatus('complete'), Autocancel(1)).real]))",
    "c = {'x': 1}\nprint(to_pyflow(full('s', Suite).add(full('f', Family)).real, c) is c, c)", "print(to_json(to_pyflow(full('t', Task).real)))",
    "ecf.USE_LATE = True\nprint(to_pyflow(full('t', Task).add(Late('-s +00:15')).real))",
)  # fmt: skip

LINES = [
    "print('t1' == COMPLETE, COMPLETE == 't1', '2t' == ABORTED, Task('t') == ACTIVE, Task('t') != ACTIVE, Task('t') == 'x', Task('t') == Task('u'))",
    "print(raw.Task('t') == QUEUED, COMPLETE == Task('t'), SUBMITTED == raw.Family('f'), COMPLETE == 5, COMPLETE == ABORTED, UNKNOWN != SUSPENDED)",
    "print(Task('a') & Task('b'), Task('a') | Task('b'), Task('a') & 'x', Family('f') | COMPLETE, Suite('s') & Suite('t'), Suite('s') == COMPLETE)",
    "print(str(COMPLETE), COMPLETE.value(), State('x'), State(5).state)", "hash(Task('t'))", "hash(COMPLETE)", "print(State.__eq__(COMPLETE, None))",
    "print(If(True, 1, 2), If(False, 1, 2), If(1 == 0, 1), If(), If(False, 1, 2, 3), If([], 1, otow=5))", "If(True, Task('a'), Task('b'), Task('c'), Task('d'))",
    "print(nat('late -s x', 'late'), nat(5, 'x'), nat('a b', 'a'), nat('xa b', 'a'))", "print(sorted_or_not([2, 1]), sorted_or_not([2, 1], True))",
    "ecf.SORT = False\nprint(sorted_or_not([2, 1]), sorted_or_not([2, 1], True))", "print(obsolete(), raise_int('a'), raise_int('1==0'))", "raise_int('1a')", "raise_int('/x/none')",
    "python_true('A', True)\npython_true('CLIM5YR', True)\npython_true('A', 'x')", "print(get_kind(Task('t')), get_kind(raw.Task('t')), get_kind(Suite('s')), get_kind(raw.Family('t')), get_kind(Defs()), get_kind(raw.Defs()), get_kind(5), get_kind(Label('a')))",
    "print(shapes(Task('t')), shapes(raw.Family('f')), shapes(Suite('s')), shapes(5), shapes(raw.Defs()))", "print(sorted(ITEMS), [ITEMS[k].__name__ for k in sorted(ITEMS)])",
    "print(repr(linktask('a')))\nprint(repr(linktask('a', 'wrapper', Label('x'), 'fam', False)))\nprint(repr(linktask('a', add=[Event('e'), Edit(TASK=5)])))", "ecf.LINKTASK = True\nprint(repr(linktask('a', 'b')))",
    "Extern('/a:b')\nExtern(['/c', ('/d:e', None)])\nExtern('')\nExtern(None)\nprint(ecf.DEFS)", "Extern(5)", "print(Extern('/a').add_to(None))",
    "s = Suite('s')\nprint(s.append(Task('a')) is s, s.append(Task('b'), Task('c')) is s)\nprint(repr(s))", "s = Suite('s')\ns + Task('a')\nprint(repr(s))", "Suite('s').add('x')",
    "print(repr(Suite('s').add(5, None, {}, [], (Task('a'), [Task('b')]))))", "Suite('s').add({'a': 1})", "Suite('s').add(1.5)", "Suite('s').add(Family('f'), 'x')",
    "s = Suite('s')\nf = s.family('f')\nt = f.task('t')\nu = s.task('u')\ng = f.family('g')\nprint(repr(s), f, t, u, g, t.up().name(), f.up().name(), s.get_parent())", "Suite('s').family('%')", "Family('s').task('%')",
    "Task('t').add(Task('u'))", "Task('t').add(Family('u'))", "Task('t').add_task(Task('x'))", "Task('t').add_family(Family('x'))", "f = Family('f')\na = Suite('a').add(f)\nb = Suite('b').add(f)",
    "t = Task('t')\nSuite('a').add(t)\nSuite('b').add(t)", "s = Suite('s')\ns.add(Task('t'), Task('t'))", "s = raw.Suite('s')\nFamily('f').add_to(s)\nTask('t').add_to(s)\nprint(s)", "d = raw.Defs()\nSuite('s').add_to(d)\nprint(d)",
    "d = Defs()\nprint(Suite('s').add_to(d))\nprint(d)", "Suite('a').add(Suite('b'))", "Task('a b')", "Family('')", "Suite('s').add(Edit)", "print(Task('1'), Task('t').name(), Family(5).name())",
    "f = Family('f')\nprint(f.limit('l', 5) is f, f.inlimit('/s:l') is f, f.complete('a==complete') is f, f.complete_or('b==complete') is f, f.complete_and('c==complete') is f)\nprint(repr(f))",
    "Family('f').limit()", "Family('f').inlimit('x')", "Family('f').inlimit('a:b:c')", "Task('t').complete_and('a==complete')", "t = Task('t')\nprint(t.complete(None) is t)\nprint(repr(t))", "Suite('s').repeat(kind='x')",
    "t = Task('t')\nprint(t.cron('10:00') is t, t.cron('11:00', wdays=[1, 2]) is t, t.cron('+00:10', month=[3]) is t)\nprint(repr(t))", "Task('t').cron('x')", "Attribute().add_to(Task('t'))", "print(Attribute().real)",
    "Defs().add(5)", "Defs().add('x')", "Defs().add_suite(5)", "Defs().add_extern(5)", "d = Defs()\nprint(d.add(None) is d, d.add([]) is d, repr(d) == str(d))\ns = d.suite('q')\nprint(type(s).__name__, d)", "Defs().add(Task('t'))",
    "d = Defs()\nd + Suite('s')\nprint(d, d.real.find_suite('s').name())", "d = Defs().add(Suite('s').add(Task('t')))\nprint(d.simulate())",
    "import tempfile, os\nd = tempfile.mkdtemp()\np = os.path.join(d, 'a.ecf')\nq = os.path.join(d, 'b')\ndeploy('echo', p)\ndeploy('other', p)\ndeploy('x', q)\nprint(open(p).read(), open(q).read(), deployed[-2:] == [p, q])",
    "ecf.USE_TRIGGER = False\nprint(repr(Task('t').add(TriggerAlways(), CompleteAlways())))", "with Root(): pass", "with Task('t') as t:\n    print(t)", "with Suite('s') as s:\n    with Family('f') as f:\n        Task('t')\nprint(repr(s), repr(f))",
    "with Label('a') as x:\n    print(x)", "c = Client('localhost', 3141)\nprint(c.host, c.port)\nc = Client('h@20000')\nprint(c.host, c.port)\nprint(Client().port, Client(None, 5).host)", "Client('h', 'x')", "Client().load(5)", "Client('a@b@c')",
    "print(isinstance(CLIENT, raw.Client), type(ecf.DEFS) is raw.Defs, USE_LATE, DECORATE, LINKTASK, CPUTIME, ECG, deployed is ecf.deployed)",
    "print(get_uid() == os.getuid(), get_username() == pwd.getpwuid(os.getuid())[0], home.endswith('/ecflow_server'))",
    "print(head_h.startswith('#!%SHELL'), 'ecflow_client --init=$$' in head_h, 'ecflow_client --complete' in tail_h, ecflow.Ecf.debug_level())",
    "print(issubclass(DefError, Exception), [c.__name__ for c in Family.__mro__ if c.__name__ in ('Family', 'Node', 'Root', 'Attribute', 'object')], [c.__name__ for c in InLimit.__mro__], [c.__name__ for c in CompleteAlways.__mro__], [c.__name__ for c in Day.__mro__])",
    "print([c.__name__ for c in Variables.__mro__], [c.__name__ for c in TriggerAlways.__mro__], [c.__name__ for c in AutoCancel.__mro__], issubclass(Alias, raw.Alias), issubclass(Alias, Root), [c.__name__ for c in Today.__mro__], [c.__name__ for c in Task.__mro__])",
    "print(json_to_defs(None), json_to_defs({}), json_to_defs({':externs': ['/a', '/b']}))", "json_to_defs({':name': 's'})", "print(from_json([]), from_json(['a']), from_json(['a', []]))", "from_json([1, 2, 3])", "from_json(5)", "print(from_json('x'))",
    "print(from_json({}), from_json({'A': {'children': ['B', {'C': {'children': [{'D': {'children': ['E']}}, 'F']}}]}}))", "from_json({'A': 5})", "from_json({'A': {'children': 5}})", "from_json({':x': 5})", "from_json({':state': 5})", "from_json({':name': 'x'})",
    "print(repr(from_json({':name': 't', ':kind': 'task', ':edits': {'B': 1, 'A': 2}, ':labels': {'x': 'y'}, ':limits': {'l': '4'}, ':inlimits': ['/s:l 2'], ':times': ['10:00'], ':trigger': 'a==complete'})))",
    "print(repr(from_json({':name': 'f', ':kind': 'family', ':repeat': 'integer N 1 3', ':defstatus': 'complete', ':days': ['monday'], ':dates': ['1.1.*'], ':crons': ['10:00'], ':todays': ['+00:01'], ':verifies': ['complete:1'], ':zombies': ['ecf:fob::1'], ':events': ['1 a', 'b']})))",
    "print(repr(from_json([{':name': 't', ':kind': 'task'}, 5])))", "print(from_json({':kids': {}, ':edits': {}}))",
]  # fmt: skip

CWN_HEAD = "CWN.cdp(True)\n"
BLOCKS = over(
    CWN_HEAD,
    "with Suite('s') as s:\n    with Family('f'):\n        with Task('t1'):\n            Event(num=0, name='0')\n            Event(1)\n            Meter('m', 0, 10)\n            Label('l', 'x')\n            Inlimit('l')\n        with Task('t2'):\n            pass\n"
    "        with Family('g'):\n            with Task('t3').add(Trigger('a == complete'), Edit(A=1)):\n                pass\n    with Family('h'):\n        Task('t4')\n        with Task('t5'):\n            Label('q')\nprint(repr(s))\nprint(ecf.DEFS)\nprint(CWN.is_empty(), CWN.last() is s)",
    "with Suite('s'):\n    with Family('f'):\n        Task('a')\n        Task('b')\n    with Family('g'):\n        with Task('c'):\n            pass\n    Family('h')\n    Task('d')\nprint(ecf.DEFS)",
    "with Suite('s'):\n    Clock('real')\n    Limit('l', 1)\n    Edit(A=1)\n    Trigger(['x'])\n    Label('a')\nprint(ecf.DEFS)", "Label('a')", "Task('t')", "Edit(A=1)\nLimit('l')\nTime('10:00')\nTrigger(['a'])\nprint(CWN.is_empty(), CWN.last(), CWN.pop())",
    "Suite('s')\nTask('t')\nLabel('a')\nCWN.pop()\nFamily('f')\nTask('u')\nTask('v')\nprint(ecf.DEFS)\nCWN.cdp(False)\nTask('w')\nprint(ecf.DEFS, CWN.is_empty())", "Suite('s')\nCWN.cdp(True)\nSuite('u')\nTask('x')\nprint(ecf.DEFS)",
    "Suite('s')\nLabel('a')\nLabel('a')", "Suite('s')\nInlimit('a')\nInlimit('a')\nEvent('e')\nEvent('e')\nprint(ecf.DEFS)", "with Suite('s'):\n    Clock('hybrid')\n    linktask('x')",
    "s = Suite('s')\nf = Family('f')\nwith f:\n    print(CWN.last() is f)\nprint(CWN.last() is s)\nwith f:\n    pass", "s = Suite('s')\nt = Task('t')\nCWN(None)\nCWN()\nCWN(t)\nprint(CWN.last() is t, ecf.DEFS)",
)  # fmt: skip
