/// Writes one drawing (SVG) into one buffer, well-formed as XML, so that it can
/// stand in a page or in a file of its own.
public struct SVG: Sendable {
    private var buffer: Utf8Buffer

    /// Opens a drawing that a screen reader meets as one picture: `title` is its
    /// name and `description` says what it shows. `id` must be unique on the page.
    public init(
        id: String, width: Double, height: Double, title: String, description: String,
        content: (inout SVG) -> Void
    ) {
        buffer = Utf8Buffer(capacity: 8_192)
        open(
            "svg",
            [
                Attribute("xmlns", fixed: "http://www.w3.org/2000/svg"), .role("img"),
                Attribute("aria-labelledby", "\(id)-title \(id)-desc"),
                Attribute("viewBox", "0 0 \(Int(width)) \(Int(height))"),
                Attribute("width", coordinate: width), Attribute("height", coordinate: height),
                Attribute(
                    "font-family",
                    fixed:
                        "IBM Plex Sans, Segoe UI, Roboto, Helvetica Neue, Arial, system-ui, sans-serif"
                ),
            ])
        buffer.append(UInt8(ascii: ">"))
        self(.title, .id("\(id)-title"), text: title)
        self(.desc, .id("\(id)-desc"), text: description)
        content(&self)
        close("svg")
    }

    public var bytes: [UInt8] { buffer.bytes }

    public mutating func callAsFunction(
        _ tag: SVGTag, _ attributes: Attribute..., content: (inout SVG) -> Void
    ) {
        open(tag.name, attributes)
        buffer.append(UInt8(ascii: ">"))
        content(&self)
        close(tag.name)
    }

    public mutating func callAsFunction(_ tag: SVGTag, _ attributes: Attribute..., text: String) {
        open(tag.name, attributes)
        buffer.append(UInt8(ascii: ">"))
        buffer.appendEscaped(text)
        close(tag.name)
    }

    public mutating func callAsFunction(_ tag: SVGTag, _ attributes: Attribute...) {
        open(tag.name, attributes)
        buffer.append("/>")
    }

    private mutating func open(_ name: StaticString, _ attributes: [Attribute]) {
        buffer.append(UInt8(ascii: "<"))
        buffer.append(name)
        for attribute in attributes { buffer.append(attribute) }
    }

    private mutating func close(_ name: StaticString) {
        buffer.append("</")
        buffer.append(name)
        buffer.append(UInt8(ascii: ">"))
    }
}

/// The elements that the charts use.
public struct SVGTag: Sendable {
    let name: StaticString
    private init(_ name: StaticString) { self.name = name }

    public static let g = SVGTag("g")
    public static let line = SVGTag("line")
    public static let path = SVGTag("path")
    public static let rect = SVGTag("rect")
    public static let circle = SVGTag("circle")
    public static let text = SVGTag("text")
    static let title = SVGTag("title")
    static let desc = SVGTag("desc")
}

/// The course of a pen: the value of a path's `d`.
public struct PathData: Sendable {
    private var buffer = Utf8Buffer()

    public init() {}

    public var isEmpty: Bool { buffer.bytes.isEmpty }

    public mutating func move(_ x: Double, _ y: Double) { step(UInt8(ascii: "M"), x, y) }
    public mutating func line(_ x: Double, _ y: Double) { step(UInt8(ascii: "L"), x, y) }
    public mutating func close() { buffer.append(UInt8(ascii: "Z")) }

    private mutating func step(_ letter: UInt8, _ x: Double, _ y: Double) {
        buffer.append(letter)
        buffer.append(coordinate: x)
        buffer.append(UInt8(ascii: " "))
        buffer.append(coordinate: y)
    }

    /// The path as an attribute.
    public var attribute: Attribute { Attribute("d", .safe(buffer.bytes)) }
}
