using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Isobar.Tidy.Tests.Templates;

/// <summary>CloudFormation's YAML as the JSON that it stands for: <c>!Ref X</c> is <c>{"Ref": "X"}</c>.</summary>
internal static class TemplateYaml
{
    public static JsonObject Read(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return (JsonObject)Convert(yaml.Documents[0].RootNode)!;
    }

    private static JsonNode? Convert(YamlNode node)
    {
        var value = node switch
        {
            YamlScalarNode scalar => Scalar(scalar),
            YamlSequenceNode list => new JsonArray([.. list.Select(Convert)]),
            YamlMappingNode map => Map(map),
            _ => throw new NotSupportedException($"{node.Start}: {node.NodeType}"),
        };
        return node.Tag is { IsEmpty: false, Value: ['!', not '!', ..] tag } ? Function(tag[1..], value) : value;
    }

    private static JsonObject Map(YamlMappingNode map)
    {
        var json = new JsonObject();
        foreach (var (key, value) in map) json.Add(((YamlScalarNode)key).Value!, Convert(value));
        return json;
    }

    private static JsonObject Function(string name, JsonNode? argument) => name switch
    {
        "Ref" or "Condition" => new JsonObject { [name] = argument },
        "GetAtt" when argument is JsonValue text => new JsonObject
        {
            ["Fn::GetAtt"] = new JsonArray([.. text.ToString().Split('.', 2).Select(part => (JsonNode)part)]),
        },
        _ => new JsonObject { [$"Fn::{name}"] = argument },
    };

    private static JsonNode? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        var isArgument = scalar.Tag is { IsEmpty: false, Value: ['!', not '!', ..] };
        if (isArgument || scalar.Style != ScalarStyle.Plain) return text;
        if (text is "true" or "false") return text == "true";
        if (text is "" or "null" or "~") return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return whole;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : text;
    }
}
