import Foundation
import Parameters
import Reporting
import Testing

@testable import Views

@Suite("A pack on its page")
struct PackPageTests {
    private func html(_ language: Language) throws -> String {
        let page = try #require(Samples.all(language).first { $0.name == "pack" })
        return String(decoding: page.bytes, as: UTF8.self)
    }

    private func link(_ id: String, _ text: String) -> String {
        "<a href=\"/packs/2024Q3/number?number=\(id)\">\(text)</a>"
    }

    @Test func amountsInSentencesLeadToTheirNumbers() throws {
        let danish = try html(.da)
        #expect(
            danish.contains(
                "<li>Ledige: \(link("a.now", "1.118 fuldtidspersoner")). Det er et fald på "
                    + "\(link("a.change", "8 fuldtidspersoner")).</li>"))
        #expect(try html(.en).contains(link("a.now", "1,118 full-time persons")))
    }

    @Test func aSentenceWithoutTheAmountLeadsOnAllTheSame() throws {
        let danish = try html(.da)
        #expect(
            danish.contains(
                "<li>Målet er ikke nået. <a href=\"/packs/2024Q3/number?number=a.now\" "
                    + "aria-label=\"Åbn tallet: Målet er ikke nået.\">Åbn tallet</a></li>"))
        // One that counts the lines of a table leads to it, from the front page alone.
        let toSection = "<a href=\"#section-a\">Se tallene under Ledighed</a>"
        #expect(danish.components(separatedBy: toSection).count == 2)
        #expect(danish.contains("Af 3 mål er 1 nået. \(toSection)"))
    }

    @Test func everyCellOfANumberLeadsToIt() throws {
        let danish = try html(.da)
        for (id, name) in [
            ("a.now", "1.118: Ledige, Nu"), ("b.now", "vises ikke: Få, Nu"),
            ("a.m7", "1.007: måned 7, Vores"),
        ] {
            #expect(
                danish.contains(
                    "<a href=\"/packs/2024Q3/number?number=\(id)\" aria-label=\"\(name)\">"))
        }
        // A line that no month has a figure for is left out of drawing and table.
        #expect(!danish.contains("number=a.o7"))
    }

    @Test func theAgeIsSaidInPlainWords() throws {
        let danish = try html(.da)
        #expect(
            danish.contains(
                "Tabel y25i01: hentet 3. november 2024, for 58 dage siden; nyeste måned "
                    + "september 2024."))
        #expect(try html(.en).contains("fetched on 3 November 2024, 58 days ago"))
    }

    @Test func onPaperNothingLeadsAnywhere() {
        let page = PackPage(pack: Samples.pack, state: [], today: nil, isPrinted: true)
        let bytes = Site(Samples.catalogue).render(page, in: Samples.frame(.da))
        #expect(!String(decoding: bytes, as: UTF8.self).contains("number?number="))
    }
}
