using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Isobar.Local.Deployment.Templates;

/// <summary>YAML or JSON text to nodes.</summary>
/// <remarks>Built on parser events, not on YamlDotNet's tree, because the tree hides aliases and merges. Refused
/// because CloudFormation refuses them or they have no place in a template: aliases, merge keys, null values
/// (where SAM does not drop them), duplicate keys, several documents.</remarks>
internal sealed class TemplateReader
{
    /// <summary>Levels of nesting. Ours: far above any real template, far below the end of the stack.</summary>
    public const int MaxDepth = 100;

    private const string TextTag = "tag:yaml.org,2002:str";

    private readonly string file;
    private readonly Parser parser;
    private int depth;

    private TemplateReader(TemplateSource source)
    {
        file = source.File;
        parser = new Parser(new StringReader(source.Text));
    }

    /// <exception cref="DeploymentException">The text is not YAML, or not YAML that a template may hold.</exception>
    public static TemplateMapping Read(TemplateSource source)
    {
        var reader = new TemplateReader(source);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException exception)
        {
            throw new DeploymentException(reader.At(exception.Start), "", exception.Message, exception);
        }
        catch (InvalidOperationException exception)
        {
            // YamlDotNet 16.3 throws this, without a place, for some keys it can't finish: "[{!Ref a, b]".
            var place = reader.At(reader.parser.Current?.End ?? Mark.Empty);
            throw new DeploymentException(place, "", "malformed YAML at or soon after this line", exception);
        }
    }

    private TemplateMapping ReadDocument()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out var empty)) throw Refuse(empty, "the file is empty");
        parser.Consume<DocumentStart>();
        var root = ReadNode();
        parser.Consume<DocumentEnd>();
        if (!parser.TryConsume<StreamEnd>(out _)) throw Refuse(parser.Current!, "the file holds several documents");
        return root is TemplateMapping map
            ? NullValues.Resolve(map)
            : throw new DeploymentException(root.Location, "", $"the file must hold a map, not {root.Kind}");
    }

    private TemplateNode ReadNode()
    {
        if (parser.TryConsume<AnchorAlias>(out var alias)) throw Refuse(alias, "YAML aliases are not supported");
        if (parser.Current is not NodeEvent { Tag: var tag }) throw Refuse(parser.Current!, "a value is missing");
        if (++depth > MaxDepth) throw Refuse(parser.Current!, $"nested deeper than {MaxDepth} levels");
        TemplateNode node = parser.Current switch
        {
            Scalar => ReadScalar(),
            SequenceStart => ReadSequence(),
            _ => ReadMapping(),
        };
        depth--;
        return tag.IsEmpty || tag.IsNonSpecific || tag.Value == TextTag ? node : ReadFunction(tag.Value, node);
    }

    private TemplateNode ReadScalar()
    {
        var scalar = parser.Consume<Scalar>();
        var plain = scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty;
        if (plain && scalar.Value is ("" or "~" or "null" or "Null" or "NULL"))
        {
            return new TemplateNull(At(scalar.Start));
        }

        return new TemplateScalar(At(scalar.Start), scalar.Value, plain);
    }

    private TemplateSequence ReadSequence()
    {
        var start = parser.Consume<SequenceStart>();
        var items = new List<TemplateNode>();
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode());
        return new TemplateSequence(At(start.Start), items);
    }

    private TemplateMapping ReadMapping()
    {
        var start = parser.Consume<MappingStart>();
        var entries = new List<TemplateEntry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var key)) throw Refuse(parser.Current!, "a key must be a string");
            if (key.Value == "<<") throw Refuse(key, "YAML merge keys are not supported");
            if (!keys.Add(key.Value)) throw Refuse(key, $"the key {key.Value} is written twice in the same map");
            entries.Add(new TemplateEntry(key.Value, At(key.Start), ReadNode()));
        }

        return new TemplateMapping(At(start.Start), entries);
    }

    private static TemplateMapping ReadFunction(string tag, TemplateNode argument)
    {
        var name = FunctionTags.LongForm(tag)
            ?? throw new DeploymentException(argument.Location, "", $"{tag} is no intrinsic function");
        var builder = new NodeBuilder(argument.Location);
        if (name == "Fn::GetAtt" && argument is TemplateScalar { Text: var path }
            && path.IndexOf('.') is > 0 and var dot)
        {
            return builder.GetAtt(path[..dot], path[(dot + 1)..]);
        }

        return builder.Map((name, argument));
    }

    private DeploymentException Refuse(ParsingEvent parsed, string message) => new(At(parsed.Start), "", message);

    private SourceLocation At(Mark mark) => new(file, checked((int)mark.Line), checked((int)mark.Column));
}
