"""Names of makers that may be printed. A header field is free text, so only words on this list leave it.

The list holds the words of the names of makers of imaging devices and of their legal forms; a name is printed as
written if each of its words is here. Adding a maker is adding its words.
"""

import re

WORDS = frozenset(
    """
    accuray adani aep agfa allengers amici angell apelem arcoma assing bipso brainlab bruker canon care carestream
    carl cefla claymount cmr control-x curvebeam dedicated del dentsply detection digirad dms dr drgem ecoray elekta
    elscint esaote eurocolumbus examion fischer fuji fujifilm ge gendex general genoray gevaert giotto gmm
    healthineers hitachi hologic i.m.s idetec ids ikonex imaging imago ims intermedical internazionale italray itm
    j.morita kavo kodak konica lorad lumirad marconi mediso medtronic merge metaltronica micro minfound minolta
    minxray mis mobius morita mxr neurologica neusoft newtom oec oehm orex owandy panasonic perlove philips picker
    pixelmed planmeca planmed primax quantum radiology radmedix rayence rehbein samsung sectra sedecal shimadzu
    siemens sirona soredex spectrum stephanix swissray sws systemes telemed thales toshiba trex trixell trophee
    trophy ue uih united varex varian vatech vieworks villa visaris wandong wdm whale xoran xray-lab ziehm zimmer
    a advanced ag and asia b.v beijing bv by co company corp corporation dental diagnostic diagnostics digital
    dynamics electric electronics europe germany global gmbh group health healthcare holding hong inc industries
    instruments international israel italia italy japan kg kong korea limited llc ltd manufacturing mec med medical
    medico medizinische medizintechnik mfg molecular n.v nuclear nv of oy oy. oyj plc private products pte pty pvt
    radiologia roentgen rontgen röntgen s.a s.l s.p.a s.r.l sa sas scientific scientifica shanghai shenzhen sl
    solutions spa srl subsidiary surgical sys system systeme systems tech technologies technology the uk ultrasound
    und usa vision x-ray xray
    """.split()  # noqa: SIM905 (a list of words is read and amended as text)
)

LONGEST = 64


def printable_maker(name: str) -> str | None:
    """`name` as written if it is the name of a maker, or nothing.

    >>> printable_maker("HOLOGIC, Inc."), printable_maker("SIEMENS for John Smith")
    ('HOLOGIC, Inc.', None)
    """
    if not name or len(name) > LONGEST or not re.fullmatch(r"[\w .,&/()\-]+", name):
        return None
    words = [word.strip(".") for word in re.split(r"[\s,&/()_]+", name.casefold())]
    return name if any(words) and all(_is_known(word) for word in words if word) else None


def _is_known(word: str) -> bool:
    return word in WORDS or all(part in WORDS for part in word.split("-"))
