"""Words that people bring along from other tools, and what they are called here.

From slide tools (Marp, Quarto, Pandoc, reveal.js, PowerPoint) and planners of sessions (SessionLab). A
word leads to the first of its meanings that the place knows, so one word may mean several things.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from deckgen.diagnostics import did_you_mean, nearest

_MEANINGS = """
time: duration length minutes mins timing timebox time_box how_long
budget: duration length minutes total_time total time_budget time
start: begin begins starts start_time starting_at
at: start begin begins starts start_time clock
date: day when on
title: name heading headline header label topic
subtitle: tagline subheading
short: short_title
id: key slug anchor
kind: type block block_type layout class
phase: section stage part
notes: note speaker_notes presenter_notes facilitator_notes trainer_notes
text: body paragraph paragraphs content contents description sentence quote markdown html
points: bullets bullet_points items list body content contents text
items: questions bullets bullet_points list points tasks entries checks todo cards links
takeaways: points bullets items summary lessons learnings conclusions
key_message: message main_message statement text claim
q: question
a: answer solution correct
options: choices answers alternatives
question: prompt q text ask poll
prompts: questions prompt
task: instruction instructions assignment exercise brief text description
steps: tasks instructions activities actions agenda procedure flow phases
do: step action text task name title instruction
min: minutes mins duration time
file: image img picture photo src source path url background href
alt: alt_text alternative description caption_alt
caption: description legend
credit: attribution author copyright photographer by cite citation
source: sources reference references citation credit
url: link href address
text: title name
team: author authors speaker speakers presenter presenters facilitator facilitators trainer trainers host
lead: author speaker presenter facilitator trainer leader owner teacher instructor
purpose: description summary abstract about goal why aim
objectives: goals goal outcomes learning_objectives learning_outcomes learning_goals aims
people: participants attendees audience_size size number_of_people headcount head_count learners students
expected: count number size participants attendees
group: group_size size
groups: number_of_groups group_count
room: location venue place where
lang: language locale
theme: template style design look skin
prework: preparation pre_work homework before
materials: material supplies props equipment resources tools
method: format technique facilitation activity_type methodology
debrief: reflection review
priority: importance prio must optional
session: day
sessions: days
columns: headers header cols heads
rows: data cells values table lines body
categories: labels x xaxis x_axis names
data: series values datasets numbers y
type: chart chart_type kind
code: source listing snippet text content
language: lang syntax
criteria: rows questions dimensions
footer: foot footer_text
audience: for target
blocks: slides sections agenda schedule modules steps items pages program programme content body
workshop: meta metadata config frontmatter presentation deck session title_slide info
audiences: variants profiles
params: variables vars parameters
include: file import path
comparison: table grid compare versus vs
highlight: quote quotation blockquote big_number fact statement callout
content: bullets list text slide columns two_columns two_cols two_content bullet points free markdown html
title: cover title_slide titlepage
section: divider chapter section_header separator part
discussion: question talk_about group_discussion plenary conversation debate
quiz: questions test knowledge_check kahoot
poll: survey vote voting menti mentimeter slido
activity: exercise task group_work groupwork workshop practice game icebreaker energizer energiser warm_up warmup \
lab breakout
break: pause lunch coffee coffee_break
briefing: intro introduction lecture talk input presentation theory explanation
recap: summary wrap_up wrapup takeaways conclusion closing close end
resources: references links reading bibliography further_reading literature
ground_rules: rules agreements norms
exit_ticket: feedback evaluation checkout check_out
objectives: goals outcomes aims learning_objectives
chart: graph plot barchart bar_chart pie
image: picture photo figure img
code: snippet listing source
agenda: schedule timetable programme program toc contents outline
debrief: reflection retro review
checklist: todo to_do check_list
framework: matrix decision_tree tree 2x2 model
case: scenario case_study vignette
key_points: points key_message
in_person: onsite on_site face_to_face f2f presence room live offline classroom
online: remote virtual zoom teams webinar
hybrid: mixed blended
must: high required mandatory essential critical yes
should: medium normal
could: low optional nice_to_have no
connect: opening intro introduction start warm_up warmup
concept: input theory concepts
practice: exercise activity concrete
conclude: end closing close wrap_up conclusion conclusions
"""


@cache
def _table() -> dict[str, list[str]]:
    """Return what each word may mean."""
    meanings: dict[str, list[str]] = {}
    for line in _MEANINGS.strip().splitlines():
        ours, _, words = line.partition(": ")
        for word in words.split():
            meanings.setdefault(word, []).append(ours)
    return meanings


def meant(word: str, known: Iterable[str], wanted: Iterable[str] = ()) -> str | None:
    """Return which of the *known* words was meant, first of all one that is *wanted*, or None."""
    spelt = word.strip().lower().replace("-", "_").replace(" ", "_")
    names = [*wanted, *(name for name in known if name not in set(wanted))]
    if spelt in names:
        return spelt
    table = _table()
    for name in names:
        if name in table.get(spelt, ()):
            return name
    if near := nearest(spelt, names):
        return near
    for other in get_close_matches(spelt, table, n=1, cutoff=0.85):
        return next((name for name in names if name in table[other]), None)
    return None


def hint_of(word: str, known: Iterable[str], wanted: Iterable[str] = ()) -> tuple[str, ...]:
    """Return a hint that names what was meant, or the few words that there are, or nothing."""
    known = list(dict.fromkeys(known))
    found = meant(word, known, wanted)
    return (f"did you mean `{found}`?",) if found else did_you_mean(word, known)
