import Identifiers
import Registry

/// Somebody who acts: always with a role and inside one municipality.
public struct Actor: Hashable, Sendable {
    public var name: String
    public var role: Role
    public var municipality: MunicipalityCode
    /// The member of staff this is; nil for one who has no citizens.
    public var staff: FactID?
    /// The citizen who acts, in the role of a citizen; nil for everybody else.
    public var citizen: CitizenID?
    /// Who acts in the citizen's place, in the role of a citizen; nil for the citizen.
    public var representation: Representation?
    /// The company that is acted for, in the role of an employer; nil for everybody else.
    public var company: CVR?

    public init(
        name: String, role: Role, municipality: MunicipalityCode, staff: FactID? = nil,
        citizen: CitizenID? = nil, company: CVR? = nil
    ) {
        self.name = name
        self.role = role
        self.municipality = municipality
        self.staff = staff
        self.citizen = citizen
        self.company = company
    }

    private static let citizenSignature = "borgeren"

    /// Whether the ledger's signature is a citizen's, or of one who acts for a citizen.
    public static func isCitizens(_ signature: String) -> Bool {
        signature == citizenSignature || signature.hasSuffix(" for \(citizenSignature)")
    }

    /// How the ledger and the log name the one who acts.
    var signature: String {
        switch role {
        case .citizen:
            representation.map { "\($0.name) for \(Self.citizenSignature)" }
                ?? Self.citizenSignature
        case .employer: "\(name), CVR \(company?.description ?? "")"
        default: name
        }
    }

    /// The citizen, or who acts for the citizen.
    func isCitizen(_ citizen: CitizenID) -> Bool { role == .citizen && self.citizen == citizen }

    /// Signed in for the company.
    func isFor(_ company: CVR) -> Bool { role == .employer && self.company == company }

    /// Whose drafts these are: two citizens of one name have theirs apart.
    var draftOwner: String {
        switch role {
        case .citizen:
            "borger \(citizen?.number ?? 0)"
                + (representation.map { " ved \($0.record.number)" } ?? "")
        case .employer: "virksomhed \(company?.description ?? "") \(name)"
        default: name
        }
    }

    /// Someone from outside (offentligheden), who sees no figures about few.
    public static func outsider(_ municipality: MunicipalityCode) -> Actor {
        Actor(name: "offentlig", role: .analyst, municipality: municipality)
    }
}

/// What somebody is employed to do.
public enum Role: String, CaseIterable, Sendable {
    /// Leder
    case manager
    /// Sagsbehandler
    case caseworker
    /// Virksomhedskonsulent: companies, their orders, and who fits them
    case companyConsultant
    /// Kvalitetskonsulent: samples of casework, focus groups and councils
    case qualityConsultant
    /// Borgerrådgiver: complaints, and a case where the citizen has said yes
    case citizensAdviser
    /// Analytiker: figures, never persons
    case analyst
    /// Administrator
    case administrator
    /// Borgeren selv, who answers what the citizen was asked
    case citizen
    /// Arbejdsgiver: whoever is signed in for a company
    case employer
    /// Underskriver: whoever has the link to sign one agreement
    case signer
    /// The program itself: imports and the simulator
    case system
}

/// Why somebody reads about a person (formål): never empty.
public struct Purpose: Hashable, Sendable {
    public let text: String

    /// Nil when nothing, or next to nothing, was written.
    public init?(_ text: String) {
        let trimmed = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard trimmed.count >= 3, trimmed.count <= 200 else { return nil }
        self.text = trimmed
    }
}
