using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Isobar.Tidy.Tests.Stories;

/// <summary>A story as its source tells it.</summary>
/// <param name="Path">From the repository's root.</param>
/// <param name="Targets">Where it can run: names of <c>Target</c>.</param>
/// <param name="Body">Its source.</param>
internal sealed record Story(
    string Path, string Class, string Name, IReadOnlyList<string> Targets, IReadOnlyList<ConceptMark> Concepts,
    string Body)
{
    public const string Folder = "tests/System.Tests";

    /// <summary>Every story of every class of stories.</summary>
    public static IReadOnlyList<Story> All { get; } =
    [
        .. from path in Repository.Files(Folder, "Stories.cs")
           from type in CSharpSyntaxTree.ParseText(Repository.Text(path)).GetRoot().DescendantNodes()
               .OfType<ClassDeclarationSyntax>()
           from method in type.Members.OfType<MethodDeclarationSyntax>()
           where Named(method, "Fact", "Theory").Any()
           select new Story(
               path, type.Identifier.Text, method.Identifier.Text, TargetsOf(type, method),
               [.. ConceptMark.Of(Named(type, "Concept")), .. ConceptMark.Of(Named(method, "Concept"))],
               method.ToString()),
    ];

    public string Sentence => Name.Replace('_', ' ');

    /// <summary>The attributes of a name on a type or a member.</summary>
    public static IEnumerable<AttributeSyntax> Named(MemberDeclarationSyntax declaration, params string[] names) =>
        declaration.AttributeLists.SelectMany(list => list.Attributes)
            .Where(attribute => names.Contains(attribute.Name.ToString()));

    private static string[] TargetsOf(ClassDeclarationSyntax type, MethodDeclarationSyntax method)
    {
        var attribute = Named(method, "Targets").Concat(Named(type, "Targets")).FirstOrDefault();
        return attribute is null
            ? ["Local"]
            : [.. attribute.ArgumentList!.Arguments.Select(argument => argument.ToString().Split('.')[^1])];
    }
}

/// <summary>A <c>[Concept]</c> on a story.</summary>
internal sealed record ConceptMark(string Name, IReadOnlyList<string> Template, string? Code)
{
    public static IEnumerable<ConceptMark> Of(IEnumerable<AttributeSyntax> attributes) =>
        from attribute in attributes
        let given = attribute.ArgumentList!.Arguments
        let texts = given.Where(argument => argument.NameEquals is null).Select(Text).ToArray()
        let code = given.Where(argument => argument.NameEquals is not null).Select(Text).SingleOrDefault()
        select new ConceptMark(texts[0], texts[1..], code);

    private static string Text(AttributeArgumentSyntax argument) =>
        argument.Expression is LiteralExpressionSyntax literal
            ? literal.Token.ValueText
            : throw new FormatException($"[Concept] takes texts, not {argument}.");
}
