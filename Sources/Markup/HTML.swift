/// Writes one HTML document into one buffer. Elements nest because their content
/// is a closure; text and attribute values are escaped unless they stand in the
/// program itself.
public struct HTML: Sendable {
    private var buffer: Utf8Buffer

    public init(capacity: Int = 32_768) { buffer = Utf8Buffer(capacity: capacity) }

    /// The document so far.
    public var bytes: [UInt8] { buffer.bytes }

    public mutating func text(_ text: String) { buffer.appendEscaped(text) }

    /// Markup written in the program itself.
    public mutating func raw(_ markup: StaticString) { buffer.append(markup) }

    /// Elements written before.
    public mutating func append(_ other: HTML) { buffer.append(contentsOf: other.bytes) }

    /// A finished drawing.
    public mutating func drawing(_ svg: SVG) { buffer.append(contentsOf: svg.bytes) }

    public mutating func callAsFunction(
        _ tag: Tag, _ attributes: Attribute..., content: (inout HTML) -> Void
    ) {
        open(tag.name, attributes)
        content(&self)
        close(tag.name)
    }

    public mutating func callAsFunction(_ tag: Tag, _ attributes: Attribute..., text: String) {
        open(tag.name, attributes)
        buffer.appendEscaped(text)
        close(tag.name)
    }

    // The two forms with only a class spare the array of attributes, which is
    // most of the cost of a small element.
    public mutating func callAsFunction(
        _ tag: Tag, class names: StaticString, content: (inout HTML) -> Void
    ) {
        open(tag.name, class: names)
        content(&self)
        close(tag.name)
    }

    public mutating func callAsFunction(_ tag: Tag, class names: StaticString, text: String) {
        open(tag.name, class: names)
        buffer.appendEscaped(text)
        close(tag.name)
    }

    public mutating func callAsFunction(_ tag: VoidTag, _ attributes: Attribute...) {
        open(tag.name, attributes)
    }

    private mutating func open(_ name: StaticString, _ attributes: [Attribute]) {
        buffer.append(UInt8(ascii: "<"))
        buffer.append(name)
        for attribute in attributes { buffer.append(attribute) }
        buffer.append(UInt8(ascii: ">"))
    }

    private mutating func open(_ name: StaticString, class names: StaticString) {
        buffer.append(UInt8(ascii: "<"))
        buffer.append(name)
        buffer.append(" class=\"")
        buffer.append(names)
        buffer.append("\">")
    }

    private mutating func close(_ name: StaticString) {
        buffer.append("</")
        buffer.append(name)
        buffer.append(UInt8(ascii: ">"))
    }
}

/// The elements with content that the pages use.
public struct Tag: Sendable {
    let name: StaticString
    private init(_ name: StaticString) { self.name = name }

    public static let html = Tag("html")
    public static let head = Tag("head")
    public static let title = Tag("title")
    public static let script = Tag("script")
    public static let body = Tag("body")
    public static let header = Tag("header")
    public static let nav = Tag("nav")
    public static let main = Tag("main")
    public static let aside = Tag("aside")
    public static let footer = Tag("footer")
    public static let section = Tag("section")
    public static let textarea = Tag("textarea")
    public static let div = Tag("div")
    public static let span = Tag("span")
    public static let h1 = Tag("h1")
    public static let h2 = Tag("h2")
    public static let h3 = Tag("h3")
    public static let p = Tag("p")
    public static let a = Tag("a")
    public static let strong = Tag("strong")
    public static let code = Tag("code")
    public static let time = Tag("time")
    public static let ul = Tag("ul")
    public static let ol = Tag("ol")
    public static let li = Tag("li")
    public static let dl = Tag("dl")
    public static let dt = Tag("dt")
    public static let dd = Tag("dd")
    public static let figure = Tag("figure")
    public static let figcaption = Tag("figcaption")
    public static let details = Tag("details")
    public static let summary = Tag("summary")
    public static let table = Tag("table")
    public static let caption = Tag("caption")
    public static let thead = Tag("thead")
    public static let tbody = Tag("tbody")
    public static let tr = Tag("tr")
    public static let th = Tag("th")
    public static let td = Tag("td")
    public static let form = Tag("form")
    public static let fieldset = Tag("fieldset")
    public static let legend = Tag("legend")
    public static let label = Tag("label")
    public static let select = Tag("select")
    public static let option = Tag("option")
    public static let button = Tag("button")
}

/// The elements that have no content and no end tag.
public struct VoidTag: Sendable {
    let name: StaticString
    private init(_ name: StaticString) { self.name = name }

    public static let meta = VoidTag("meta")
    public static let link = VoidTag("link")
    public static let input = VoidTag("input")
    public static let br = VoidTag("br")
}
