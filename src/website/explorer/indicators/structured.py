"""The same page for machines: a schema.org description of the indicator as a dataset."""

import json

from observatory.codelists.units import get_unit
from website.explorer.questions.asking import Asked
from website.explorer.reuse.taking import FORMATS, Taking, origins_of

_MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}


def describe_dataset(asked: Asked, taking: Taking, *, site: str) -> str:
    """JSON-LD that may stand inside a script element."""
    release, indicator = asked.release, asked.indicator
    contents = release.manifest.indicators[indicator.id]
    used = {release.origins[name].dataset for name in origins_of(asked.figure) if name in release.origins}
    datasets = [release.catalogue.datasets[name] for name in sorted(used)]
    licences = [release.catalogue.licences[name] for name in contents.licences]
    data = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": f"{site}/indicators/{indicator.id}/",
        "name": indicator.title,
        "description": indicator.definition,
        "url": f"{site}/indicators/{indicator.id}/",
        "version": release.manifest.id,
        "datePublished": release.manifest.published_on.isoformat(),
        "keywords": indicator.keywords,
        "variableMeasured": {
            "@type": "PropertyValue",
            "name": indicator.title,
            "unitText": get_unit(indicator.unit).name,
        },
        "temporalCoverage": f"{contents.first_year}/{contents.last_year}",
        "license": [licence.address or licence.name for licence in licences],
        "creator": {"@type": "Organization", "name": "Imaging Observatory", "url": f"{site}/"},
        "isBasedOn": [
            {"@type": "Dataset", "name": dataset.title, "creator": {"@type": "Organization", "name": dataset.publisher}}
            for dataset in datasets
        ],
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": _MEDIA_TYPES[form],
                "contentUrl": f"{site}/api/v1/indicators/{indicator.id}/observations?format={form}",
            }
            for _, form in FORMATS
        ],
        "image": taking.image_address,
    }
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
