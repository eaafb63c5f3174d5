import Chronology
import Foundation
import Jobcenter
import Parameters
import Registry
import Reporting
import Views

extension Desk {
    /// The published editions described for other programs.
    func openData(_ file: Route.OpenDataFile, _ visit: Visit) async throws -> Answer {
        let editions = try await PackEditionCase(house).editions(
            of: municipality.code, by: .outsider(municipality.code))
        let site = visit.call.site ?? ""
        let document: [String: Any] =
            switch file {
            case .catalogue: catalogue(editions, site)
            case .columns: columns(editions, site)
            }
        let body = try JSONSerialization.data(
            withJSONObject: document,
            options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        return Answer(
            contentType: file == .catalogue
                ? "application/ld+json; charset=utf-8" : "application/csvm+json; charset=utf-8",
            body: Array(body) + [10])
    }

    private func localized(_ key: String, _ arguments: [String: String] = [:]) -> [[String: String]]
    {
        Language.complete.map {
            ["@language": $0.rawValue, "@value": house.texts.text(key, $0, arguments)]
        }
    }

    /// A record by DCAT-AP-DK: one data set, one distribution for each edition and format.
    private func catalogue(_ editions: [PackEdition], _ site: String) -> [String: Any] {
        let authority = house.texts.text("web.authority", .da, ["name": municipality.name])
        let publisher: [String: Any] = [
            "@type": "foaf:Agent", "foaf:name": [["@language": "da", "@value": authority]],
        ]
        let distributions = editions.flatMap { edition in
            [("csv", "text/csv"), ("json", "application/json")].map { format, media in
                distribution(edition, format, media, site)
            }
        }
        let dataset: [String: Any] = [
            "@id": "\(site)\(Route.packs.path)#dataset", "@type": "dcat:Dataset",
            "dct:title": localized("views.openData.title", ["name": municipality.name]),
            "dct:description": localized("views.openData.description"),
            "dct:publisher": publisher,
            "dct:accrualPeriodicity": [
                "@id": "http://publications.europa.eu/resource/authority/frequency/QUARTERLY"
            ],
            "dct:accessRights": [
                "@id": "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
            ],
            "dcat:theme": [
                "@id": "http://publications.europa.eu/resource/authority/data-theme/SOCI"
            ],
            "dcat:contactPoint": ["@type": "vcard:Organization", "vcard:fn": authority],
            "dcat:distribution": distributions,
        ]
        return [
            "@context": [
                "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
                "foaf": "http://xmlns.com/foaf/0.1/",
                "vcard": "http://www.w3.org/2006/vcard/ns#",
                "xsd": "http://www.w3.org/2001/XMLSchema#",
                "spdx": "http://spdx.org/rdf/terms#",
            ],
            "@id": "\(site)\(Route.packs.path)#catalogue", "@type": "dcat:Catalog",
            "dct:title": localized("views.openData.catalogue", ["name": municipality.name]),
            "dct:description": localized("views.openData.description"),
            "dct:publisher": publisher, "dcat:dataset": [dataset],
        ]
    }

    private func distribution(
        _ edition: PackEdition, _ format: String, _ media: String, _ site: String
    ) -> [String: Any] {
        let path = "\(site)/editions/\(edition.id.number)/pack.\(format)"
        return [
            "@id": path, "@type": "dcat:Distribution", "dcat:accessURL": ["@id": path],
            "dcat:downloadURL": ["@id": path],
            "dcat:mediaType": [
                "@id": "http://www.iana.org/assignments/media-types/\(media)"
            ],
            "dct:format": [
                "@id": "http://publications.europa.eu/resource/authority/file-type/"
                    + format.uppercased()
            ],
            "dct:title": "\(edition.quarter) (\(edition.id.number))",
            "dct:issued": [
                "@type": "xsd:date", "@value": (edition.published ?? edition.drafted).iso,
            ],
            "dct:license": [
                "@id": "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"
            ],
        ]
    }

    /// The columns of the CSV files (CSVW).
    private func columns(_ editions: [PackEdition], _ site: String) -> [String: Any] {
        let numbers: Set = ["value", "numerator", "denominator", "persons"]
        let names = [
            "id", "section", "row", "column", "value", "unit", "period", "source", "definition",
            "version", "state", "numerator", "denominator", "persons", "address",
        ]
        // A number about few stands as a word.
        let hidden = house.texts.text("reporting.table.hidden", .da)
        let columns = names.map { name -> [String: Any] in
            var titles: [String: String] = [:]
            for language in Language.complete {
                titles[language.rawValue] = house.texts.text(
                    "reporting.packList.\(name)", language)
            }
            var column: [String: Any] = [
                "name": name, "titles": titles,
                "datatype": numbers.contains(name) ? "number" : "string",
                "required": name == "id",
            ]
            if numbers.contains(name) { column["null"] = ["", hidden] }
            return column
        }
        return [
            "@context": ["http://www.w3.org/ns/csvw", ["@language": "da"]],
            "dialect": ["delimiter": ",", "header": true, "encoding": "utf-8"],
            "tables": editions.map { edition in
                [
                    "url": "\(site)/editions/\(edition.id.number)/pack.csv",
                    "lang": Language.da.rawValue, "tableSchema": ["columns": columns],
                ] as [String: Any]
            },
        ]
    }
}
