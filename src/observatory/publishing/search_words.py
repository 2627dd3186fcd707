"""What people call things in the languages of Europe, for whoever searches.

A modality has an abbreviation in every language: MRI is IRM in French, RMN in Spanish, MRT in German; and "scanner" is
CT to a Frenchman and any machine to an Englishman. Words are small, without accents, and without a plural's s.
"""

from collections.abc import Mapping

ALSO_CALLED: Mapping[str, str] = {
    "CT": "ct scan scanner cat tac tdm tk computed tomography tomodensitometry",
    "MR": "mri mr nmr irm rmn mrt scan scanner",
    "PET": "pet petct pet-ct tep pozytonowa scan scanner",
    "NM": "gamma camera spect scintigraphy nuclear",
    "MG": "mammogram mammograph breast",
    "RT": "radiation therapy linac linear accelerator cobalt oncology",
    "US": "us sonography echography sonogram",
    "XA": "angiogram catheter x-ray xray",
    "BMD": "dxa dexa osteoporosis x-ray xray",
    "RF": "barium x-ray xray",
}
"""Code of a modality → what else it is called."""

_MEANT = {
    "ct": (
        "computertomographie computertomografie computertomograph tomografia tomografie tomographie tomodensitometrie "
        "scanographe scanografia datortomografi tietokonetomografia"
    ),
    "mri": (
        "kernspin kernspintomographie kernspintomografie kernspintomograph magnetresonanztomographie magnetresonanz "
        "resonance resonancia risonanza ressonancia resonans rezonans rezonanta magnetresonans magneettikuvaus "
        "magneetresonantie"
    ),
    "magnetic": "magnetique magnetica magnetico magnetisch magnetyczny magneticka",
    "imaging": "imagerie bildgebung imagen immagine imagem",
    "gamma": "gammakamera gammacamera gammagrafia szintigraphie szintigrafie scintigraphie scintigrafia",
    "mammograph": "mammographie mammografie mammografia mamografia mamograf mammografi senologie mamographie",
    "ultrasound": (
        "ultraschall sonographie sonografie echographie ecografia ultrasonografia ultralyd ultraljud ecographie"
    ),
    "angiography": "angiographie angiografia angiografie",
    "radiotherapy": "strahlentherapie radiotherapie radioterapia radioterapie straling stralen",
    "xray": "rontgen roentgen radiografia radiographie rayon rtg",
    "radiologist": "radiologe radiologen radiologin radiologue radiologo radiolog radiologi radioloog radiologista",
    "radiographer": "radiologietechnologe mtra manipulateur",
    "population": "bevolkerung einwohner poblacion popolazione populacao befolkning vaesto",
    "waiting": "wartezeit wartezeiten warteliste attente espera attesa wachttijd",
    "breast": "brustkrebs brust sein mama seno",
    "screening": "depistage cribado tamizaje fruherkennung rastreio bevolkingsonderzoek",
    "examination": "untersuchung untersuchungen examen examene esame onderzoek badanie",
    "bone": "knochendichte osteodensitometrie densitometria",
}
MEANS: Mapping[str, str] = {word: meant for meant, words in _MEANT.items() for word in words.split()}
"""A word of another language → the word by which the catalogue knows it."""
