import Chronology
import Identifiers

/// The register's documents as far as they are read. The names are the register's own.
struct RegisterReply: Decodable {
    struct Hits: Decodable { var hits: [RegisterHit] }
    var hits: Hits
}

struct RegisterHit: Decodable {
    var source: RegisterDocument

    private enum Key: String, CodingKey { case source = "_source" }

    /// With or without the search's envelope.
    init(from decoder: any Decoder) throws {
        let keyed = try decoder.container(keyedBy: Key.self)
        source =
            keyed.contains(.source)
            ? try keyed.decode(RegisterDocument.self, forKey: .source)
            : try RegisterDocument(from: decoder)
    }
}

struct RegisterDocument: Decodable {
    var company: RegisterCompany?
    var unit: RegisterUnit?

    private enum CodingKeys: String, CodingKey {
        case company = "Vrvirksomhed"
        case unit = "VrproduktionsEnhed"
    }
}

struct RegisterPeriod: Decodable {
    var gyldigFra: String?
    var gyldigTil: String?

    /// Of values that followed each other, the one that holds or held last.
    static func now<Value: RegisterDated>(_ values: [Value]?) -> Value? {
        values?.last { $0.periode?.gyldigTil == nil } ?? values?.last
    }

    /// The value that holds and is not secret.
    static func open(_ values: [RegisterContact]?) -> RegisterContact? {
        values?.last { $0.periode?.gyldigTil == nil && $0.hemmelig != true }
    }

    /// The first day after the last; nil while it goes on.
    static func end(_ lives: [RegisterLife]?) -> Day? {
        guard let lives, !lives.isEmpty, lives.allSatisfy({ $0.periode?.gyldigTil != nil })
        else { return nil }
        return lives.compactMap { $0.periode?.gyldigTil.flatMap { Day(iso: $0) } }.max()
    }
}

protocol RegisterDated { var periode: RegisterPeriod? { get } }

struct RegisterName: Decodable, RegisterDated {
    var navn: String?
    var periode: RegisterPeriod?
}

struct RegisterIndustry: Decodable, RegisterDated {
    var branchekode: String?
    var periode: RegisterPeriod?

    /// The two-digit group.
    var group: String { String((branchekode ?? "").prefix(2)) }
}

struct RegisterForm: Decodable, RegisterDated {
    var kortBeskrivelse: String?
    var langBeskrivelse: String?
    var periode: RegisterPeriod?
}

struct RegisterContact: Decodable, RegisterDated {
    var kontaktoplysning: String?
    var hemmelig: Bool?
    var periode: RegisterPeriod?
}

struct RegisterLife: Decodable, RegisterDated { var periode: RegisterPeriod? }

struct RegisterOwner: Decodable, RegisterDated {
    var cvrNummer: Int64?
    var periode: RegisterPeriod?
}

struct RegisterAddress: Decodable, RegisterDated {
    struct Municipality: Decodable { var kommuneKode: Int32? }

    var vejnavn: String?
    var husnummerFra: Int?
    var bogstavFra: String?
    var postnummer: Int?
    var postdistrikt: String?
    var kommune: Municipality?
    var periode: RegisterPeriod?

    var street: String {
        [vejnavn, husnummerFra.map { "\($0)\(bogstavFra ?? "")" }].compactMap { $0 }
            .joined(separator: " ")
    }
}

struct RegisterEmployment: Decodable {
    var aar: Int?
    var maaned: Int?
    var antalAnsatte: Int?
}

struct RegisterCompany: Decodable {
    struct Metadata: Decodable {
        var nyesteNavn: RegisterName?
        var nyesteHovedbranche: RegisterIndustry?
        var nyesteVirksomhedsform: RegisterForm?
    }

    var cvrNummer: Int64
    var reklamebeskyttet: Bool?
    var navne: [RegisterName]?
    var hovedbranche: [RegisterIndustry]?
    var virksomhedsform: [RegisterForm]?
    var telefonNummer: [RegisterContact]?
    var elektroniskPost: [RegisterContact]?
    var livsforloeb: [RegisterLife]?
    var virksomhedMetadata: Metadata?
}

struct RegisterUnit: Decodable {
    struct Metadata: Decodable {
        var nyesteNavn: RegisterName?
        var nyesteHovedbranche: RegisterIndustry?
        var nyesteBeliggenhedsadresse: RegisterAddress?
        var nyesteCvrNummerRelation: Int64?
        var nyesteErstMaanedsbeskaeftigelse: RegisterEmployment?
    }

    var pNummer: Int64
    var navne: [RegisterName]?
    var hovedbranche: [RegisterIndustry]?
    var beliggenhedsadresse: [RegisterAddress]?
    var virksomhedsrelation: [RegisterOwner]?
    var livsforloeb: [RegisterLife]?
    var produktionsEnhedMetadata: Metadata?

    var address: RegisterAddress? {
        produktionsEnhedMetadata?.nyesteBeliggenhedsadresse
            ?? RegisterPeriod.now(beliggenhedsadresse)
    }

    func isIn(_ municipality: MunicipalityCode) -> Bool {
        address?.kommune?.kommuneKode == municipality.number
    }
}
