"""The tree API as the generator of programs sees it: what may be given where.

One line a member: name, then the forms of its arguments separated by "|", then "->" and the class
of the result where something can be done with it. "@" is a property, "!" a static method.

Arguments: n name, f format of times, v variable name, s text, i small number, I any number, b bool, p node path,
x expression, h time, D date, d day, y yyyymmdd, z instant, u path of a file; [x] list of x; classes by
their names; key=x a keyword; * mixed things for add(); ** keywords of add().
"""

import re

TABLE = """
Variable.__init__ v s | v i | v I
Variable.name
Variable.value
Variable.empty
Event.__init__ n | i | i n | i n b | n b | number=i name=n initial_state=b | name=n initial_state=b | number=i | s
Event.name
Event.number
Event.name_or_number
Event.value
Event.initial_value
Event.empty
Meter.__init__ n i i | n i i i | n i | name=n min=i max=i color_change=i | n I I
Meter.name
Meter.value
Meter.min
Meter.max
Meter.color_change
Meter.empty
Label.__init__ n s
Label.name
Label.value
Label.new_value
Label.empty
Limit.__init__ n i | n I
Limit.name
Limit.value
Limit.limit
Limit.node_paths -> [str]
Limit.increment i p
Limit.decrement i p
InLimit.__init__ | n | n p | n p i | n p i b | n p i b b
InLimit.name
InLimit.path_to_node
InLimit.tokens
InLimit.limit_this_node_only
InLimit.limit_submission
Queue.__init__ | n [s]
Queue.name
Queue.value
Queue.index
Queue.empty
Generic.__init__ | n [s]
Generic.name
Generic.empty
Generic.values @ [str]
Late.__init__ | submitted=h | submitted=h active=h complete=h | active=h | complete=h
Late.submitted TimeSlot | i i |
Late.active TimeSlot | i i |
Late.complete TimeSlot b | i i b |
Late.complete_is_relative
Late.is_late
Autocancel.__init__ i | i i b | TimeSlot b
Autocancel.days
Autocancel.relative
Autocancel.time -> TimeSlot
Autoarchive.__init__ i b | i i b b | TimeSlot b b
Autoarchive.days
Autoarchive.relative
Autoarchive.idle
Autoarchive.time -> TimeSlot
Autorestore.__init__ [p]
Autorestore.nodes_to_restore -> [str]
Clock.__init__ D3 | D3 b | b | day=i month=i year=Y hybrid=b | hybrid=b
Clock.day
Clock.month
Clock.year
Clock.gain
Clock.positive_gain
Clock.set_gain i i b
Clock.set_gain_in_seconds i b
Defstatus.__init__ DState | s
Defstatus.state
Verify.__init__ State i
ZombieAttr.__init__ ZombieType [ChildCmdType] ZombieUserActionType | ZombieType [ChildCmdType] ZombieUserActionType i
ZombieAttr.child_cmds @ [ChildCmdType]
ZombieAttr.empty
ZombieAttr.user_action
ZombieAttr.zombie_lifetime
ZombieAttr.zombie_type
Zombie.__init__
Zombie.adopt
Zombie.allowed_age
Zombie.attr -> ZombieAttr
Zombie.block
Zombie.calls
Zombie.duration
Zombie.empty
Zombie.fail
Zombie.fob
Zombie.host
Zombie.jobs_password
Zombie.kill
Zombie.last_child_cmd
Zombie.manual_user_action
Zombie.path_to_task
Zombie.process_or_remote_id
Zombie.remove
Zombie.try_no
Zombie.type
Zombie.type_str
Zombie.user_action
Zombie.user_action_str
Zombie.user_cmd
AvisoAttr.__init__ | n s | n s s s s s | name=n listener=s url=s schema=s polling=s auth=s
AvisoAttr.name
AvisoAttr.listener
AvisoAttr.url
AvisoAttr.schema
AvisoAttr.polling
AvisoAttr.auth
MirrorAttr.__init__ | n | n p s s s b s | name=n remote_path=p remote_host=s remote_port=s polling=s ssl=b auth=s
MirrorAttr.name
MirrorAttr.remote_path
MirrorAttr.remote_host
MirrorAttr.remote_port
MirrorAttr.polling
MirrorAttr.ssl
MirrorAttr.auth
MirrorAttr.propagate
Edit.__init__ {} | ** | {} ** | {} {}
Flag.__init__
Flag.set FlagType
Flag.clear FlagType
Flag.is_set FlagType
Flag.reset
Flag.list ! -> [FlagType]
Flag.type_to_string ! FlagType
PartExpression.__init__ x | x b
PartExpression.get_expression
PartExpression.and_expr
PartExpression.or_expr
Expression.__init__ x | PartExpression
Expression.add PartExpression
Expression.get_expression
Expression.parts @ [PartExpression]
Trigger.__init__ x | PartExpression | [Task] | x b | [x]
Trigger.get_expression
Complete.__init__ x | PartExpression | [Task] | x b | [x]
Complete.get_expression
RepeatDate.__init__ v y y | v y y i | name=v start=y end=y delta=i | v I I I
RepeatDate.current_index
RepeatDate.current_value
RepeatDate.end
RepeatDate.name
RepeatDate.start
RepeatDate.step
RepeatDateTime.__init__ v z z | v z z w | name=v start=z end=z delta=w
RepeatDateTime.current_index
RepeatDateTime.current_value
RepeatDateTime.end
RepeatDateTime.name
RepeatDateTime.start
RepeatDateTime.step
RepeatDateList.__init__ | v [y]
RepeatDateList.current_index
RepeatDateList.current_value
RepeatDateList.end
RepeatDateList.name
RepeatDateList.start
RepeatDateTimeList.__init__ | v [z]
RepeatDateTimeList.current_index
RepeatDateTimeList.current_value
RepeatDateTimeList.end
RepeatDateTimeList.name
RepeatDateTimeList.start
RepeatInteger.__init__ v i i | v i i i | name=v start=i end=i delta=i | v I I I
RepeatInteger.current_index
RepeatInteger.current_value
RepeatInteger.end
RepeatInteger.name
RepeatInteger.start
RepeatInteger.step
RepeatEnumerated.__init__ | v [s]
RepeatEnumerated.current_index
RepeatEnumerated.current_value
RepeatEnumerated.end
RepeatEnumerated.name
RepeatEnumerated.start
RepeatEnumerated.step
RepeatString.__init__ | v [s]
RepeatString.current_index
RepeatString.current_value
RepeatString.end
RepeatString.name
RepeatString.start
RepeatString.step
RepeatDay.__init__ i | | day=i
RepeatDay.current_index
RepeatDay.current_value
RepeatDay.end
RepeatDay.name
RepeatDay.start
RepeatDay.step
Repeat.__init__ i
Repeat.current_index
Repeat.current_value
Repeat.empty
Repeat.end
Repeat.increment
Repeat.name
Repeat.start
Repeat.step
Repeat.value
TimeSlot.__init__ i i
TimeSlot.hour
TimeSlot.minute
TimeSlot.empty
TimeSeries.__init__ TimeSlot | TimeSlot b | H M | H M b | TimeSlot TimeSlot TimeSlot | TimeSlot TimeSlot TimeSlot b | start=TimeSlot finish=TimeSlot increment=TimeSlot relative=b
TimeSeries.start -> TimeSlot
TimeSeries.finish -> TimeSlot
TimeSeries.incr -> TimeSlot
TimeSeries.has_increment
TimeSeries.relative
Time.__init__ h | H M | H M b | TimeSlot | TimeSlot b | TimeSeries | TimeSlot TimeSlot TimeSlot | TimeSlot TimeSlot TimeSlot b | ts=TimeSlot relative=b | hour=H minute=M relative=b
Time.time_series -> TimeSeries
Today.__init__ h | H M | H M b | TimeSlot | TimeSlot b | TimeSeries | TimeSlot TimeSlot TimeSlot | TimeSlot TimeSlot TimeSlot b | hour=H minute=M
Today.time_series -> TimeSeries
Date.__init__ D3 | D
Date.day
Date.month
Date.year
Day.__init__ Days | d
Day.day
Cron.__init__ | h | h days_of_week=[w7] | h days_of_week=[w7] days_of_month=[w31] months=[w12] | h last_week_days_of_the_month=[w7] | h last_day_of_the_month=b | TimeSeries | TimeSeries months=[w12] | k
Cron.set_week_days [w7]
Cron.set_days_of_month [w31]
Cron.set_months [w12]
Cron.set_last_week_days_of_the_month [w7]
Cron.set_last_day_of_the_month
Cron.set_time_series H M | H M b | TimeSeries | TimeSlot TimeSlot TimeSlot | h | hour=H minute=M relative=b
Cron.time -> TimeSeries
Cron.week_days @
Cron.days_of_month @
Cron.months @
Cron.last_week_days_of_the_month @
Cron.last_day_of_the_month
JobCreationCtrl.__init__
JobCreationCtrl.get_dir_for_job_creation
JobCreationCtrl.get_error_msg
JobCreationCtrl.is_verbose
JobCreationCtrl.set_verbose b
JobCreationCtrl.set_dir_for_job_creation u
JobCreationCtrl.set_node_path p
JobCreationCtrl.generate_temp_dir
WhyCmd.__init__ Defs p
WhyCmd.why
UrlCmd.__init__ Defs p
Ecf.debug_equality !
Ecf.debug_level !
Ecf.set_debug_equality ! b
Ecf.set_debug_level ! 0
PrintStyle.get_style !
PrintStyle.set_style ! Style
Node.add * | * ** | **
Node.add_variable v s | v i | Variable | Edit | {}
Node.add_event Event | i | n | i n
Node.add_meter Meter | n i i | n i i i
Node.add_label n s | Label
Node.add_limit n i | Limit
Node.add_inlimit InLimit | n | n p | n p i | n p i b | limit_name=n path_to_node_containing_limit=p tokens=i limit_this_node_only=b
Node.add_queue Queue | n [s]
Node.add_generic Generic | n [s]
Node.add_late Late
Node.add_autocancel i | i i b | TimeSlot b | Autocancel
Node.add_autoarchive i | i b | H M b | H M b b | TimeSlot b | TimeSlot b b | Autoarchive | days=i idle=b | hour=H min=M relative=b idle=b | TimeSlot=TimeSlot relative=b
Node.add_autorestore Autorestore | [p]
Node.add_defstatus DState | Defstatus
Node.add_verify Verify
Node.add_zombie ZombieAttr
Node.add_aviso AvisoAttr
Node.add_mirror MirrorAttr
Node.add_trigger x | Expression
Node.add_complete x | Expression
Node.add_part_trigger PartExpression | x | x b
Node.add_part_complete PartExpression | x | x b
Node.add_repeat RepeatDate | RepeatDateTime | RepeatDateList | RepeatDateTimeList | RepeatInteger | RepeatString | RepeatEnumerated | RepeatDay
Node.add_time H M | H M b | h | Time
Node.add_today H M | H M b | h | Today
Node.add_date D3 | Date
Node.add_day Days | d | Day
Node.add_cron Cron
Node.change_trigger x
Node.change_complete x
Node.delete_trigger
Node.delete_complete
Node.delete_repeat
Node.delete_variable v | e
Node.delete_event n | e
Node.delete_meter n | e
Node.delete_label n | e
Node.delete_limit n | e
Node.delete_inlimit n | e
Node.delete_queue n | e
Node.delete_generic n | e
Node.delete_time h | Time | e
Node.delete_today h | Today | e
Node.delete_date D | Date | e
Node.delete_day d | Day | e
Node.delete_cron k | Cron | e
Node.delete_zombie s | ZombieType | e
Node.evaluate_trigger
Node.evaluate_complete
Node.find_event n -> Event
Node.find_meter n -> Meter
Node.find_label n -> Label
Node.find_limit n -> Limit
Node.find_queue n -> Queue
Node.find_generic n -> Generic
Node.find_variable v -> Variable
Node.find_gen_variable g -> Variable
Node.find_parent_variable v | g -> Variable
Node.find_parent_variable_sub_value v | g
Node.find_node_up_the_tree n
Node.get_abs_node_path
Node.get_autoarchive -> Autoarchive
Node.get_autocancel -> Autocancel
Node.get_autorestore -> Autorestore
Node.get_complete -> Expression
Node.get_trigger -> Expression
Node.get_repeat -> Repeat
Node.get_late -> Late
Node.get_flag -> Flag
Node.get_defs
Node.get_parent
Node.get_defstatus
Node.get_dstate
Node.get_state
Node.get_state_change_time | f | format=f
Node.get_generated_variables -> [Variable]
Node.get_generated_variables VariableList
Node.get_all_nodes -> [node]
Node.has_time_dependencies
Node.is_suspended
Node.name
Node.update_generated_variables
Node.sort_attributes AttrType | AttrType b | AttrType b [p] | S | S b | S b [p] | attribute_type=S recursive=b no_sort=[p] | attribute_type=AttrType recursive=b
Node.avisos @ [AvisoAttr]
Node.crons @ [Cron]
Node.dates @ [Date]
Node.days @ [Day]
Node.events @ [Event]
Node.generics @ [Generic]
Node.inlimits @ [InLimit]
Node.labels @ [Label]
Node.limits @ [Limit]
Node.meters @ [Meter]
Node.mirrors @ [MirrorAttr]
Node.queues @ [Queue]
Node.times @ [Time]
Node.todays @ [Today]
Node.variables @ [Variable]
Node.verifies @ [Verify]
Node.zombies @ [ZombieAttr]
NodeContainer.find_family n -> Family
NodeContainer.find_task n -> Task
NodeContainer.find_node n
NodeContainer.nodes @ [node]
NodeContainer.add_family n -> Family
NodeContainer.add_task n -> Task
Suite.add_clock Clock
Suite.add_end_clock Clock
Suite.begun
Suite.get_clock -> Clock
Suite.get_end_clock -> Clock
Submittable.get_aborted_reason
Submittable.get_int_try_no
Submittable.get_jobs_password
Submittable.get_process_or_remote_id
Submittable.get_try_no
Task.aliases @ [Alias]
Task.nodes @ [Alias]
Defs.add * | * ** | **
Defs.add_suite n -> Suite
Defs.add_variable v s | v i | Variable | {}
Defs.add_extern p
Defs.auto_add_externs b
Defs.check
Defs.delete_variable v | e
Defs.find_abs_node p
Defs.find_node N p
Defs.find_node_path N n
Defs.find_suite n -> Suite
Defs.get_all_nodes -> [node]
Defs.get_all_tasks -> [Task]
Defs.get_server_state
Defs.get_state
Defs.has_time_dependencies
Defs.sort_attributes S | S b | S b [p] | AttrType | AttrType b | attribute_type=S recursive=b no_sort=[p] | attribute_type=AttrType
Defs.suites @ [Suite]
Defs.externs @
Defs.user_variables @ [Variable]
Defs.server_variables @
"""

ATTRIBUTES = (
    "Variable Event Meter Label Limit InLimit Queue Generic Late Autocancel Autoarchive Autorestore Clock Defstatus"
    " Verify ZombieAttr AvisoAttr MirrorAttr Edit Trigger Complete RepeatDate RepeatDateTime RepeatDateList"
    " RepeatDateTimeList RepeatInteger RepeatEnumerated RepeatString RepeatDay Time Today Date Day Cron"
).split()
VECTORS = "NodeVec SuiteVec FamilyVec TaskVec VariableList FlagTypeVec ZombieVec".split()
VECTOR_OF = {
    "NodeVec": "node", "SuiteVec": "Suite", "FamilyVec": "Family", "TaskVec": "Task",
    "VariableList": "Variable", "FlagTypeVec": "FlagType", "ZombieVec": "Zombie",
}  # fmt: skip
ENUMS = {
    "AttrType": "event meter label limit variable all",
    "CheckPt": "NEVER ON_TIME ALWAYS UNDEFINED",
    "ChildCmdType": "init event meter label wait queue abort complete",
    "DState": "unknown complete queued aborted submitted active suspended",
    "Days": "sunday monday tuesday wednesday thursday friday saturday",
    "FlagType": "force_abort user_edit task_aborted edit_failed jobcmd_failed no_script killed late message byrule"
    " queuelimit wait locked zombie no_reque archived restored threshold sigterm not_set log_error checkpt_error"
    " killcmd_failed statuscmd_failed status remote_error",
    "SState": "HALTED SHUTDOWN RUNNING",
    "State": "unknown complete queued aborted submitted active",
    "Style": "NOTHING DEFS STATE MIGRATE",
    "ZombieType": "user ecf ecf_pid ecf_passwd ecf_pid_passwd path",
    "ZombieUserActionType": "fob fail adopt remove block kill",
}
ENUMS = {name: values.split() for name, values in ENUMS.items()}
BASES = {
    "Suite": ("Suite", "NodeContainer", "Node"), "Family": ("Family", "NodeContainer", "Node"),
    "Task": ("Task", "Submittable", "Node"), "Alias": ("Alias", "Submittable", "Node"),
}  # fmt: skip


class Member:
    """A line of the table."""

    def __init__(self, line):
        head, _, self.result = (part.strip() for part in line.partition("->"))
        found = re.match(r"(\w+)\.(\w+) ?([@!]?)(.*)", head)
        self.owner, self.name, self.kind, rest = found.groups()
        if self.kind == "@":
            self.result = rest.strip()
        self.forms = [form.split() for form in rest.split("|")]


MEMBERS = [Member(line) for line in TABLE.strip().split("\n")]


def members(name):
    """What an object of a class has, without its constructor."""
    owners = BASES.get(name, (name,))
    return [one for one in MEMBERS if one.owner in owners and one.name != "__init__" and one.kind != "!"]


def constructor(name):
    return next(one for one in MEMBERS if one.owner == name and one.name == "__init__")
