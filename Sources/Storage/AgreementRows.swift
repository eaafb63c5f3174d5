import Identifiers
import Registry

extension OfferAgreement: FactRow {
    static let columns = [
        "citizen", "company", "unit", "measure", "weekly", "tasks", "wage", "subsidy",
        "job_order", "deadline", "extended", "single_parent", "effort", "valid_from", "valid_to",
    ]
    var values: [SQLValue] {
        [
            .citizen(citizen), .integer(company.number), .unit(unit), .text(measure),
            .time(weekly), .text(tasks), .whole(wage), .whole(subsidy), .fact(order),
            .day(deadline), .integer(isExtended ? 1 : 0), .integer(isSingleParent ? 1 : 0),
            .fact(effort), .day(start), .day(end),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), citizen: row.person(1), company: try row.cvr(2),
            unit: try row.unit(3), measure: row.text(4), start: row.day(14), end: row.day(15),
            weekly: row.time(5), tasks: row.text(6), wage: row.optionalWhole(7),
            subsidy: row.optionalWhole(8), order: row.optionalFact(9), deadline: row.day(10),
            isExtended: row.number(11) != 0, isSingleParent: row.number(12) != 0,
            effort: row.optionalFact(13))
    }
}

extension AgreementSigner: FactRow {
    static let columns = ["agreement", "party", "name", "contact", "replaces"]
    var values: [SQLValue] {
        [.fact(agreement), .raw(party), .text(name), .text(contact), .fact(replaces)]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), agreement: FactID(row.number(1)), party: try row.raw(2),
            name: row.text(3), contact: row.text(4), replaces: row.optionalFact(5))
    }
}

extension AgreementMark: FactRow {
    static let columns = ["agreement", "signer", "kind", "day", "digest", "link", "note"]
    var values: [SQLValue] {
        [
            .fact(agreement), .fact(signer), .raw(kind), .day(day), .text(digest), .fact(link),
            .text(text),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), agreement: FactID(row.number(1)), signer: row.optionalFact(2),
            kind: try row.raw(3), day: row.day(4), digest: row.text(5), link: row.optionalFact(6),
            text: row.text(7))
    }
}

extension StoreReader {
    /// The link whose secret has a digest; nil where there is none.
    public func agreementLink(
        _ digest: String, of municipality: MunicipalityCode
    ) throws -> AgreementMark? {
        var found: AgreementMark?
        try eachNote(
            .agreementMark, where: "t.digest = $2 AND t.kind = 'sent'", .text(digest),
            of: municipality
        ) { if case .agreementMark(let mark) = $0.fact { found = mark } }
        return found
    }
}
