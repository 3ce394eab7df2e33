using System.Text;
using System.Xml.Linq;
using Isobar.Report;

namespace Isobar.Functions.Tests.Report;

/// <summary>Reads pages as a browser or a screen reader would, and checks what is true of all of them.</summary>
internal static class PageReading
{
    private const string Doctype = "<!doctype html>\n";

    // The elements that HTML ends by themselves.
    private static readonly string[] WithoutEnd = ["link", "meta"];

    public static XElement Read(SiteFile file)
    {
        var text = Encoding.UTF8.GetString(file.Content);
        Assert.StartsWith(Doctype, text, StringComparison.Ordinal);
        var html = XElement.Parse(text[Doctype.Length..], LoadOptions.PreserveWhitespace);
        Check(html);
        return html;
    }

    public static IEnumerable<XElement> All(this XElement html, string name) =>
        html.DescendantsAndSelf().Where(element => element.Name.LocalName == name);

    public static IEnumerable<string> Links(this XElement html) =>
        html.All("a").Select(link => (string)link.Attribute("href")!);

    private static void Check(XElement html)
    {
        Assert.Equal("en", (string?)html.Attribute("lang"));
        Assert.Single(html.All("h1"));
        Assert.Single(html.All("main"));
        Assert.NotEmpty(html.All("title").First().Value);
        // The content security policy forbids styles and scripts in a page.
        Assert.Empty(html.All("style"));
        Assert.All(html.All("script"), script => Assert.Equal("/stations.js", (string?)script.Attribute("src")));
        var attributes = html.DescendantsAndSelf().Attributes().ToArray();
        Assert.DoesNotContain(attributes, attribute => attribute.Name.LocalName == "style"
            || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        // An XML parser takes <p/> for an element without content, a browser for one that has just begun.
        Assert.All(
            html.DescendantsAndSelf().Where(element => element.IsEmpty && element.Name.NamespaceName.Length == 0),
            element => Assert.Contains(element.Name.LocalName, WithoutEnd));
        var ids = attributes.Where(attribute => attribute.Name == "id").Select(attribute => attribute.Value).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        foreach (var named in attributes.Where(attribute => attribute.Name == "aria-labelledby"))
            Assert.All(named.Value.Split(' '), id => Assert.Contains(id, ids));
        Assert.All(
            html.Links().Where(link => link.StartsWith('#')), link => Assert.Contains(link[1..], ids));
        Assert.All(html.All("img"), image => Assert.NotEmpty((string?)image.Attribute("alt") ?? ""));
        Assert.All(html.All("svg"), CheckImage);
        Assert.All(html.All("th"), header => Assert.NotNull(header.Attribute("scope")));
    }

    private static void CheckImage(XElement svg)
    {
        Assert.Equal("img", (string?)svg.Attribute("role"));
        Assert.NotEmpty(svg.Elements().Single(part => part.Name.LocalName == "title").Value);
        Assert.NotEmpty(svg.Elements().Single(part => part.Name.LocalName == "desc").Value);
    }
}
