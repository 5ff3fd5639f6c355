// Draws what a terminal shows, text with escape sequences as "tmux capture-pane -e -p" gives it, as an SVG.
//
//   dotnet run tools/TerminalPicture.cs -- <title> < <text> > <picture.svg>
//
// Only colours and weights (SGR, ECMA-48 section 8.3.117) are understood; other sequences are left out. The picture names no
// font file, so that it takes the reader's own monospaced font: each piece says how wide it is, and columns stay columns.
// The same input gives the same bytes.
#:property PublishAot=false

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

const double Column = 8.4;
const double Line = 19;
const double Left = 16;
const double Top = 44;

if (args.Length != 1)
{
    Console.Error.WriteLine("usage: TerminalPicture.cs <title> < <text> > <picture.svg>");
    return 1;
}
using var reader = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
var rows = Rows(reader.ReadToEnd());
var width = Number(Left * 2 + Column * Math.Max(60, rows.Max(static row => row.Count)));
var height = Number(Top + Line * rows.Count + 8);
var title = SecurityElement.Escape(args[0]);
var svg = new StringBuilder();
svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"t\">\n");
svg.Append(CultureInfo.InvariantCulture, $"<title id=\"t\">{title}</title>\n");
svg.Append("<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace;fill:#d1d7e0;white-space:pre}"
    + ".k{fill:#656c76}.r{fill:#ff7b72}.g{fill:#56d364}.y{fill:#e3b341}.b{fill:#79c0ff}.m{fill:#d2a8ff}.c{fill:#76e3ea}.w{fill:#f0f6fc}.d{fill:#9198a1}"
    + ".B{font-weight:bold}.I{font-style:italic}</style>\n");
svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"#0d1117\" stroke=\"#3d444d\"/>\n");
svg.Append("<g fill=\"#3d444d\"><circle cx=\"20\" cy=\"18\" r=\"6\"/><circle cx=\"40\" cy=\"18\" r=\"6\"/><circle cx=\"60\" cy=\"18\" r=\"6\"/></g>\n");
for (var y = 0; y < rows.Count; y++)
{
    foreach (var piece in Pieces(rows[y]))
        Draw(svg, piece, y);
}
svg.Append("</svg>\n");
using var writer = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false));
writer.Write(svg.ToString());
return 0;

static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

static void Draw(StringBuilder svg, Piece piece, int y)
{
    var x = Left + Column * piece.Start;
    var length = Column * piece.Text.Length;
    if (piece.Style.Fill is { } fill)
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{fill}\" x=\"{Number(x)}\" y=\"{Number(Top + Line * y - 4)}\" width=\"{Number(length)}\" height=\"{Number(Line)}\"/>\n");
    if (piece.Text.Trim().Length == 0)
        return;
    var classes = string.Join(' ', new[] { piece.Style.Color, piece.Style.Bold ? "B" : null, piece.Style.Italic ? "I" : null }.Where(static c => c is not null));
    var style = classes.Length == 0 ? "" : $" class=\"{classes}\"";
    var dark = piece.Style.Fill is null ? "" : " style=\"fill:#0d1117\"";
    var stretch = piece.Text.Length == 1 ? "" : $" textLength=\"{Number(length)}\" lengthAdjust=\"spacingAndGlyphs\"";
    svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Number(x)}\" y=\"{Number(Top + Line * y + 11)}\"{style}{dark}{stretch}>{SecurityElement.Escape(piece.Text)}</text>\n");
}

// Runs of one style, without the spaces around them; two spaces begin a new one.
static IEnumerable<Piece> Pieces(List<Cell> row)
{
    for (var start = 0; start < row.Count;)
    {
        var end = start + 1;
        while (end < row.Count && row[end].Style == row[start].Style
            && (row[start].Style.Fill is not null || row[end].Char != ' ' || (end + 1 < row.Count && row[end + 1].Char != ' ')))
        {
            end++;
        }
        var text = string.Concat(row.Skip(start).Take(end - start).Select(static cell => cell.Char));
        var blank = row[start].Style.Fill is null ? text.Length - text.TrimStart().Length : 0;
        text = row[start].Style.Fill is null ? text.Trim() : text;
        if (text.Length > 0)
            yield return new Piece(start + blank, text, row[start].Style);
        start = end;
    }
}

static List<List<Cell>> Rows(string text)
{
    var rows = new List<List<Cell>>();
    var style = new Style();
    foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
    {
        var row = new List<Cell>();
        foreach (Match match in Regex.Matches(line, @"\x1b\[([\d;]*)m|\x1b\[[\d;?]*[A-Za-z]|\x1b[()][A-Za-z0-9]|([^\x00-\x1f])"))
        {
            if (match.Groups[1].Success)
                style = style.With(match.Groups[1].Value);
            else if (match.Groups[2].Success)
                row.Add(new Cell(match.Groups[2].Value[0], style));
        }
        while (row.Count > 0 && row[^1].Char == ' ' && row[^1].Style.Fill is null)
            row.RemoveAt(row.Count - 1);
        rows.Add(row);
    }
    while (rows.Count > 1 && rows[^1].Count == 0)
        rows.RemoveAt(rows.Count - 1);
    return rows;
}

internal sealed record Cell(char Char, Style Style);

internal sealed record Piece(int Start, string Text, Style Style);

internal sealed record Style(string? Color = null, bool Bold = false, bool Italic = false, bool Inverse = false)
{
    private const string Names = "krgybmcw";

    /// <summary>The colour behind the text; of inverse text, its own.</summary>
    public string? Fill => Inverse ? Color ?? "w" : null;

    public Style With(string parameters)
    {
        var style = this;
        foreach (var code in parameters.Split(';').Select(static p => p.Length == 0 ? 0 : int.Parse(p, CultureInfo.InvariantCulture)))
        {
            style = code switch
            {
                0 => new Style(),
                1 => style with { Bold = true },
                3 => style with { Italic = true },
                7 => style with { Inverse = true },
                22 => style with { Bold = false },
                23 => style with { Italic = false },
                27 => style with { Inverse = false },
                >= 30 and <= 37 => style with { Color = Names[code - 30].ToString() },
                39 => style with { Color = null },
                90 => style with { Color = "d" },
                > 90 and <= 97 => style with { Color = Names[code - 90].ToString() },
                _ => style,
            };
        }
        return style;
    }
}
