import Chronology
import Markup
import Reporting

/// A letter to a citizen, ready to print.
public struct LetterPage: Page, Hashable {
    public var headline: String
    public var authority: String
    public var name: String
    public var day: Day
    public var receipt: CitizenPage.Receipt?
    public var parts: [Part]
    public var signed: String
    /// Whom the letter is about, where that is not the one it is to.
    public var about: String?
    /// What can be done with it on the screen: an entry of a calendar, questions to answer.
    public var links: [Link]
    /// The same as a PDF file.
    public var printed: PrintedLink?

    public struct Part: Hashable, Sendable {
        /// Empty for a part without a heading.
        public var heading: String
        /// Lines of text; an empty line begins a new paragraph.
        public var text: String
        public init(_ heading: String, _ text: String) {
            self.heading = heading
            self.text = text
        }
    }

    public init(
        headline: String, authority: String, name: String, day: Day,
        receipt: CitizenPage.Receipt?, parts: [Part], signed: String,
        about: String? = nil, links: [Link] = [], printed: PrintedLink? = nil
    ) {
        self.about = about
        self.links = links
        self.printed = printed
        self.headline = headline
        self.authority = authority
        self.name = name
        self.day = day
        self.receipt = receipt
        self.parts = parts
        self.signed = signed
    }

    public func title(_ wording: Wording) -> String { headline }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        if let receipt { html.receipt(receipt, wording) }
        html(.p, text: "\(authority), \(wording.day(day))")
        html(.p, text: wording("views.letter.to", ["name": name]))
        if let about { html(.p, text: about) }
        for part in parts {
            html(.section) { html in
                if !part.heading.isEmpty { html(.h2, text: part.heading) }
                for line in part.text.split(separator: "\n") { html(.p, text: String(line)) }
            }
        }
        html(.p, text: signed)
        for link in links {
            html(.p, .class("no-print")) { $0(.a, .href(link.href), text: link.text) }
        }
        if let printed { html.printed(printed) }
    }
}
