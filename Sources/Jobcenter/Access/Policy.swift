import Identifiers
import Registry

/// What can be asked of the house.
public enum Request: Hashable, Sendable {
    case readPlan
    /// Figures with small counts hidden.
    case readFigures
    /// Figures with small counts, for the management's own use.
    case readSmallCounts
    /// The persons behind a figure, or one person.
    case readPeople(Purpose?)
    case registerFact
    /// Companies, their orders and what is noted about them.
    case readCompanies
    case registerCompany
    /// Who fits an order: what the citizen can and wishes for, and nothing else of the case.
    case readCandidates(Purpose?)
    /// Give a citizen another caseworker.
    case moveCase
    /// One's own case, as the citizen whom it is about or as who acts for the citizen.
    case readOwn(CitizenID)
    case registerOwn(CitizenID)
    /// What nobody does for the citizen: let others in, and be in touch with the adviser.
    case decideOwn(CitizenID)
    /// What concerns one company, as one who is signed in for it.
    case readOwnCompany(CVR)
    case registerOwnCompany(CVR)
    /// Those whom the jobcenter has referred to the company's orders.
    case readReferred(CVR, Purpose?)
    /// Answer the questions about a conversation, with the key of that conversation.
    case answerFeedback
    /// See and sign one agreement, with the link made for it.
    case signAgreement
    /// Write a letter to many and try it.
    case writeMailing
    /// Approve and send a letter to many.
    case approveMailing
    /// Write about a quarter's management information, and draft it.
    case writePack
    /// Approve it, publish it and minute what was decided.
    case approvePack
    /// Keep what one is typing.
    case keepDraft
    /// Agree with others on a shared pool.
    case managePartnerships
    /// A citizen's consent to the pool, and what is shared, offered and hired in it.
    case sharePool
    /// Pass feeds of a pool on, and take in those of others.
    case exchangePool
    /// Draft a wave of a user survey, draw its sample, send the links and end it.
    case manageSurvey
    /// Draw samples of casework, plan actions, and ask focus groups and councils.
    case manageQuality
    /// Read a case that was drawn, and say what is found in it.
    case reviewCase(Purpose?)
    /// Who took part in training, by name.
    case logTraining
    /// Answer a survey, with a link made for it.
    case answerSurvey
    /// Complaints with their clocks, and whom they are from.
    case readComplaints(Purpose?)
    /// Register a complaint and what happens with it.
    case registerComplaint
    /// What citizens ask the citizens' adviser; the case itself takes their consent besides.
    case readAsAdviser(Purpose?)
    case writeAsAdviser
    case readLookups
    case importStatistics
    case examineLedger
}

/// Why a request was refused; the text catalogue has a sentence for each.
public enum Refusal: String, Error, Hashable, CaseIterable, Sendable {
    case roleMayNotReadPeople
    case roleMayNotReadCompanies
    case purposeMissing
    case roleMayNotRegister
    case roleMayNotApprove
    case roleMayNotApprovePack
    case roleMayNotWritePack
    case roleMayNotManagePartnerships
    case roleMayNotManageSurveys
    case roleMayNotManageQuality
    case roleMayNotLogTraining
    case roleMayNotReadComplaints
    case onlyAdviser
    case adviserNeedsConsent
    case roleMayNotReadLookups
    case roleMayNotAdminister
    case otherMunicipality
    case notYourOwn
    case onlyCitizen
    case representativeOnlyReads
    case notRepresentative
    case notYourCompany

    /// The sentence's key in the text catalogue.
    public var textKey: String { "refusal.\(rawValue)" }
}

/// The one place that decides who may do what.
public enum Policy {
    /// Nil when the actor may; else why not.
    public static func refusal(
        of request: Request, by actor: Actor, in municipality: MunicipalityCode
    ) -> Refusal? {
        if needsHome(request), actor.municipality != municipality { return .otherMunicipality }
        switch request {
        case .readPlan, .readFigures: return nil
        case .readSmallCounts:
            return [.manager, .caseworker, .qualityConsultant, .system].contains(actor.role)
                ? nil : .roleMayNotReadPeople
        case .readPeople(let purpose):
            guard [.manager, .caseworker, .system].contains(actor.role) else {
                return .roleMayNotReadPeople
            }
            return purpose == nil ? .purposeMissing : nil
        case .registerFact:
            return [.caseworker, .system].contains(actor.role) ? nil : .roleMayNotRegister
        case .answerFeedback, .signAgreement, .answerSurvey: return nil
        case .readOwn(let citizen):
            return actor.isCitizen(citizen) ? nil : .notYourOwn
        case .registerOwn(let citizen):
            guard actor.isCitizen(citizen) else { return .notYourOwn }
            return actor.representation?.mayWrite == false ? .representativeOnlyReads : nil
        case .decideOwn(let citizen):
            guard actor.isCitizen(citizen) else { return .notYourOwn }
            return actor.representation == nil ? nil : .onlyCitizen
        case .readOwnCompany(let company), .registerOwnCompany(let company):
            return actor.isFor(company) ? nil : .notYourCompany
        case .readReferred(let company, let purpose):
            guard actor.isFor(company) else { return .notYourCompany }
            return purpose == nil ? .purposeMissing : nil
        case .readCompanies:
            return [.manager, .caseworker, .companyConsultant, .system].contains(actor.role)
                ? nil : .roleMayNotReadCompanies
        case .registerCompany:
            return [.caseworker, .companyConsultant, .system].contains(actor.role)
                ? nil : .roleMayNotRegister
        case .readCandidates(let purpose):
            guard [.manager, .caseworker, .companyConsultant, .system].contains(actor.role) else {
                return .roleMayNotReadPeople
            }
            return purpose == nil ? .purposeMissing : nil
        case .approvePack:
            return [.manager, .system].contains(actor.role) ? nil : .roleMayNotApprovePack
        case .writePack:
            return [.manager, .caseworker, .system].contains(actor.role)
                ? nil : .roleMayNotWritePack
        case .approveMailing:
            return [.manager, .system].contains(actor.role) ? nil : .roleMayNotApprove
        case .keepDraft:
            let may: [Role] = [
                .manager, .caseworker, .companyConsultant, .qualityConsultant, .citizensAdviser,
                .citizen, .employer, .system,
            ]
            return may.contains(actor.role)
                ? nil : .roleMayNotRegister
        case .managePartnerships:
            return [.manager, .system].contains(actor.role) ? nil : .roleMayNotManagePartnerships
        case .manageSurvey:
            return [.manager, .system].contains(actor.role) ? nil : .roleMayNotManageSurveys
        case .manageQuality:
            return [.manager, .qualityConsultant, .system].contains(actor.role)
                ? nil : .roleMayNotManageQuality
        case .reviewCase(let purpose):
            guard [.manager, .qualityConsultant, .system].contains(actor.role) else {
                return .roleMayNotManageQuality
            }
            return purpose == nil ? .purposeMissing : nil
        case .logTraining:
            return [.manager, .system].contains(actor.role) ? nil : .roleMayNotLogTraining
        case .sharePool:
            return [.caseworker, .companyConsultant, .system].contains(actor.role)
                ? nil : .roleMayNotRegister
        case .moveCase, .writeMailing:
            return [.manager, .caseworker, .system].contains(actor.role) ? nil : .roleMayNotRegister
        case .readComplaints(let purpose):
            guard [.manager, .caseworker, .citizensAdviser, .system].contains(actor.role) else {
                return .roleMayNotReadComplaints
            }
            return purpose == nil ? .purposeMissing : nil
        case .registerComplaint:
            return [.manager, .caseworker, .system].contains(actor.role)
                ? nil : .roleMayNotRegister
        case .readAsAdviser(let purpose):
            guard actor.role == .citizensAdviser else { return .onlyAdviser }
            return purpose == nil ? .purposeMissing : nil
        case .writeAsAdviser: return actor.role == .citizensAdviser ? nil : .onlyAdviser
        case .readLookups:
            return [.administrator, .system].contains(actor.role) ? nil : .roleMayNotReadLookups
        case .importStatistics, .examineLedger, .exchangePool:
            return [.administrator, .system].contains(actor.role) ? nil : .roleMayNotAdminister
        }
    }

    /// Plans and hidden-count figures may be compared across municipalities; all
    /// else belongs to the actor's own.
    private static func needsHome(_ request: Request) -> Bool {
        switch request {
        case .readPlan, .readFigures: false
        default: true
        }
    }

    /// Throws the refusal, if there is one.
    public static func require(
        _ request: Request, by actor: Actor, in municipality: MunicipalityCode
    ) throws(Refusal) {
        if let refusal = refusal(of: request, by: actor, in: municipality) { throw refusal }
    }
}
