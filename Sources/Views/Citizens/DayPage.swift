import Chronology
import Markup
import Reporting

/// A caseworker's or a team's day: conversations, what is due and why, what came in.
public struct DayPage: Page, Hashable {
    public var citizens: Int
    /// How many have got another caseworker.
    public var changes: String?
    public var lookupNumber: Int
    public var purpose: String
    /// Whose day it is: caseworkers and teams.
    public var whose: [Choice]
    public var groups: [Choice]
    public var urgencies: [Choice]
    public var meetings: [Meeting]
    public var overdue: Int
    public var soon: Int
    public var due: [DuePage.Entry]
    public var inbox: [Item]
    public var unsent: [Item]
    /// Records that are late, drag on or should be followed up.
    public var warnings: [Link]
    /// What can be done for many.
    public var acts: [Link]
    /// What is typed and not saved yet.
    public var drafts: [Link]
    /// Everyone, where that was asked for, and the way to asking.
    public var all: [Person]
    public var showAll: Link?
    /// Sends the choices by GET.
    public var action: String

    public struct Meeting: Hashable, Sendable {
        public var time: String
        public var name: String
        public var href: String
        /// Kind, form, place, interpreter and status.
        public var detail: String
        /// What can be registered of it.
        public var actions: [Link]

        public init(time: String, name: String, href: String, detail: String, actions: [Link]) {
            self.time = time
            self.name = name
            self.href = href
            self.detail = detail
            self.actions = actions
        }
    }

    public struct Person: Hashable, Sendable {
        public var name: String
        public var href: String
        public var age: Int
        public var group: String

        public init(name: String, href: String, age: Int, group: String) {
            self.name = name
            self.href = href
            self.age = age
            self.group = group
        }
    }

    public struct Item: Hashable, Sendable {
        public var name: String
        public var href: String
        public var day: Day
        public var text: String

        public init(name: String, href: String, day: Day, text: String) {
            self.name = name
            self.href = href
            self.day = day
            self.text = text
        }
    }

    public init(
        citizens: Int, changes: String?, lookupNumber: Int, purpose: String, whose: [Choice],
        groups: [Choice],
        urgencies: [Choice], meetings: [Meeting], overdue: Int, soon: Int, due: [DuePage.Entry],
        inbox: [Item], unsent: [Item], warnings: [Link] = [], acts: [Link] = [],
        drafts: [Link], all: [Person], showAll: Link?, action: String
    ) {
        self.citizens = citizens
        self.changes = changes
        self.lookupNumber = lookupNumber
        self.purpose = purpose
        self.whose = whose
        self.groups = groups
        self.urgencies = urgencies
        self.meetings = meetings
        self.overdue = overdue
        self.soon = soon
        self.due = due
        self.inbox = inbox
        self.unsent = unsent
        self.warnings = warnings
        self.acts = acts
        self.drafts = drafts
        self.all = all
        self.showAll = showAll
        self.action = action
    }

    public func title(_ wording: Wording) -> String {
        [("meeting", meetings.count), ("past", overdue), ("soon", soon)].map { key, count in
            count == 1
                ? wording("views.day.\(key).one")
                : wording("views.day.\(key).many", ["n": wording.number(count)])
        }.joined(separator: ", ")
    }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(
            .p, class: "lead",
            text: wording("views.day.lead", ["citizens": wording.number(citizens)]))
        if let changes { html(.p, text: changes) }
        html.query(action, button: wording("views.show")) { html in
            html.choose(wording("views.day.whose"), name: "whose", id: "whose", whose)
            html.choose(wording("views.due.group"), name: "group", id: "group", groups)
            html.choose(wording("views.due.status"), name: "status", id: "status", urgencies)
        }
        html.section(wording("views.day.meetings"), wording("views.day.noMeetings"), meetings) {
            html, meeting in
            html(.strong, text: meeting.time + " ")
            html(.a, .href(meeting.href), text: meeting.name)
            html.text(" " + meeting.detail)
            for action in meeting.actions {
                html.text(" · ")
                html(.a, .href(action.href), text: action.text)
            }
        }
        dueTable(&html, wording)
        html.section(wording("views.day.inbox"), wording("views.day.noInbox"), inbox) {
            html, item in html.item(item, wording)
        }
        html.section(wording("views.day.unsent"), wording("views.day.noUnsent"), unsent) {
            html, item in html.item(item, wording)
        }
        if !warnings.isEmpty {
            html(.section) { html in
                html(.h2, text: wording("views.day.warnings"))
                html.links(warnings)
            }
        }
        if !drafts.isEmpty {
            html(.section) { html in
                html(.h2, text: wording("views.day.drafts"))
                html.links(drafts)
            }
        }
        if !acts.isEmpty { html.links(acts) }
        if let showAll {
            html(.p) { $0(.a, .href(showAll.href), text: showAll.text) }
        } else {
            everyone(&html, wording)
        }
        html.logged(lookupNumber, purpose, wording)
    }

    private func everyone(_ html: inout HTML, _ wording: Wording) {
        html(.section, .id("all")) { html in
            html(.h2, text: wording("views.day.all"))
            DataTable(
                id: "citizens", caption: wording("views.day.all"),
                columns: [
                    .init(wording("views.people.name")),
                    .init(wording("views.citizens.age"), decimals: 0),
                    .init(wording("views.due.group")),
                ],
                rows: all.map { person in
                    .init(
                        header: person.name, href: person.href,
                        cells: [.number(Double(person.age)), .text(person.group)])
                }
            ).write(to: &html, wording)
        }
    }

    private func dueTable(_ html: inout HTML, _ wording: Wording) {
        html(.section) { html in
            html(.h2, text: wording("views.day.due"))
            if due.isEmpty {
                html(.p, text: wording("views.due.headlineNone"))
                return
            }
            DataTable(
                id: "due",
                caption: wording(
                    "views.due.caption",
                    [
                        "shown": wording.number(due.count),
                        "count": wording.number(overdue + soon),
                    ]),
                columns: [
                    .init(wording("views.people.name")), .init(wording("views.due.duty")),
                    .init(wording("views.citizenLaw.due")), .init(wording("views.due.status")),
                    .init(wording("views.due.group")),
                ],
                rows: due.map { entry in
                    .init(
                        header: entry.name, href: entry.href,
                        cells: [
                            .text(entry.duty), .text(wording.day(entry.due)), .text(entry.status),
                            .text(entry.group),
                        ])
                }
            ).write(to: &html, wording)
        }
    }
}

extension HTML {
    /// A heading and a list, or a sentence where there is nothing.
    mutating func section<Item>(
        _ heading: String, _ nothing: String, _ items: [Item],
        _ write: (inout HTML, Item) -> Void
    ) {
        self(.section) { html in
            html(.h2, text: heading)
            if items.isEmpty {
                html(.p, text: nothing)
                return
            }
            html(.ul) { html in
                for item in items { html(.li) { write(&$0, item) } }
            }
        }
    }

    mutating func item(_ item: DayPage.Item, _ wording: Wording) {
        text(wording.day(item.day) + " ")
        self(.a, .href(item.href), text: item.name)
        text(": " + item.text)
    }
}
