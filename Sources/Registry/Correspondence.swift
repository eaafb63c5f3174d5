import Chronology

/// Who a message is from or to (part i korrespondancen).
public enum MessageParty: String, CaseIterable, Sendable {
    /// Borgeren
    case citizen
    /// Kommunen
    case municipality
    /// Arbejdsgiver
    case employer
    /// A-kassen
    case fund
    /// Anden: a doctor, a school, a relative
    case other
}

/// A message about a citizen's case, in or out of the municipality (besked).
public struct Message: Hashable, Sendable {
    public var id: FactID
    public var citizen: CitizenID
    public var day: Day
    public var sender: MessageParty
    public var recipient: MessageParty
    /// The name of the employer, the fund or the other one; empty for the citizen.
    public var counterpart: String
    public var subject: String
    public var text: String
    /// The message it answers.
    public var replyTo: FactID?
    /// The conversation it calls somebody to.
    public var conversation: FactID?
    /// The mailing it was sent with.
    public var mailing: FactID?
    /// The day on which the municipality had done what it asked for; nil while it waits.
    public var handled: Day?

    public init(
        id: FactID, citizen: CitizenID, day: Day, sender: MessageParty, recipient: MessageParty,
        counterpart: String = "", subject: String, text: String, replyTo: FactID? = nil,
        conversation: FactID? = nil, mailing: FactID? = nil, handled: Day? = nil
    ) {
        self.id = id
        self.citizen = citizen
        self.day = day
        self.sender = sender
        self.recipient = recipient
        self.counterpart = counterpart
        self.subject = subject
        self.text = text
        self.replyTo = replyTo
        self.conversation = conversation
        self.mailing = mailing
        self.handled = handled
    }

    /// It came from outside.
    public var isIncoming: Bool { sender != .municipality }

    /// It came in and waits.
    public var waits: Bool { isIncoming && handled == nil }
}

/// A file in a citizen's case (dokument).
public struct CaseDocument: Hashable, Sendable {
    public var id: FactID
    public var citizen: CitizenID
    /// The day it came in or was made.
    public var day: Day
    /// Whom it came from.
    public var sender: MessageParty
    /// What it is, in words.
    public var title: String
    /// The file's name as it came.
    public var fileName: String
    public var media: DocumentMedia
    /// Bytes.
    public var size: Int
    /// SHA-256 of the content in hexadecimal digits; the content is found by it.
    public var digest: String

    public init(
        id: FactID, citizen: CitizenID, day: Day, sender: MessageParty, title: String,
        fileName: String, media: DocumentMedia, size: Int, digest: String
    ) {
        self.id = id
        self.citizen = citizen
        self.day = day
        self.sender = sender
        self.title = title
        self.fileName = fileName
        self.media = media
        self.size = size
        self.digest = digest
    }
}

/// The kinds of files that can be kept.
public enum DocumentMedia: String, CaseIterable, Sendable {
    case pdf, jpeg, png, text, docx, odt

    public var contentType: String {
        switch self {
        case .pdf: "application/pdf"
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .text: "text/plain; charset=utf-8"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .odt: "application/vnd.oasis.opendocument.text"
        }
    }
}

/// A letter to many citizens at once (masseforsendelse): tried, approved by another person on
/// a sample, and then sent.
public struct Mailing: Hashable, Sendable {
    public var id: FactID
    public var subject: String
    /// `{navn}` stands for the citizen's name.
    public var text: String
    /// Who is to have it: the raw values of a target group and a team, empty for any.
    public var group: String
    public var team: String
    /// The day and the hand of the latest trial, how many it found, and the SHA-256 of
    /// their numbers: what is sent is what was tried.
    public var tried: Day
    public var writer: String
    public var recipients: Int
    public var digest: String
    /// The citizens whose letters are read before it is approved, by number.
    public var sample: [CitizenID]
    public var approver: String
    public var approved: Day?
    public var sent: Day?

    public init(
        id: FactID, subject: String, text: String, group: String, team: String, tried: Day,
        writer: String, recipients: Int, digest: String, sample: [CitizenID],
        approver: String = "", approved: Day? = nil, sent: Day? = nil
    ) {
        self.id = id
        self.subject = subject
        self.text = text
        self.group = group
        self.team = team
        self.tried = tried
        self.writer = writer
        self.recipients = recipients
        self.digest = digest
        self.sample = sample
        self.approver = approver
        self.approved = approved
        self.sent = sent
    }
}
