using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Parameters;

/// <summary>One entry of the Parameters section.</summary>
/// <param name="Type">String, Number, CommaDelimitedList or List&lt;Number&gt;.</param>
/// <param name="AllowedValues">Empty when any value is allowed.</param>
/// <param name="NoEcho">DescribeStacks shows <c>****</c>.</param>
internal sealed record ParameterDeclaration(
    string Name,
    SourceLocation Location,
    string Type,
    TemplateScalar? Default,
    IReadOnlyList<TemplateScalar> AllowedValues,
    string? AllowedPattern,
    decimal? MinLength,
    decimal? MaxLength,
    decimal? MinValue,
    decimal? MaxValue,
    string? ConstraintDescription,
    bool NoEcho)
{
    /// <summary>Source: AWS CloudFormation User Guide, quotas: parameters in a template.</summary>
    public const int MaxParameters = 200;

    private static readonly string[] Types = ["String", "Number", "CommaDelimitedList", "List<Number>"];

    public bool IsList => Type is "CommaDelimitedList" or "List<Number>";

    public bool IsNumber => Type is "Number" or "List<Number>";

    public static IReadOnlyList<ParameterDeclaration> ReadAll(TemplateMapping? section, ErrorList errors)
    {
        var declarations = new List<ParameterDeclaration>();
        foreach (var (name, location, node) in section?.Entries ?? [])
        {
            if (node is TemplateMapping parameter) declarations.Add(Read(name, location, parameter, errors));
            else errors.Add(location, name, $"a parameter must be a map, not {node.Kind}");
        }

        if (declarations.Count > MaxParameters)
        {
            errors.Add(section!.Location, "", $"Parameters must hold at most {MaxParameters} parameters");
        }

        return declarations;
    }

    private static ParameterDeclaration Read(
        string name, SourceLocation location, TemplateMapping parameter, ErrorList errors)
    {
        var reader = new NodeReader(errors, name);
        reader.OnlyKeys(parameter, "Type", "Default", "Description", "AllowedValues", "AllowedPattern", "MinLength",
            "MaxLength", "MinValue", "MaxValue", "NoEcho", "ConstraintDescription");
        var type = reader.Text(parameter, "Type")?.Text ?? "(none)";
        if (!Types.Contains(type))
        {
            var message = $"the parameter type {type} is not supported; supported are {string.Join(", ", Types)}";
            errors.Add(parameter.Find("Type")?.KeyLocation ?? location, name, message);
        }

        return new ParameterDeclaration(
            name, location, type,
            reader.Text(parameter, "Default"),
            reader.Texts(parameter, "AllowedValues"),
            reader.Text(parameter, "AllowedPattern")?.Text,
            Number("MinLength"), Number("MaxLength"), Number("MinValue"), Number("MaxValue"),
            reader.Text(parameter, "ConstraintDescription")?.Text,
            reader.Text(parameter, "NoEcho")?.AsBoolean() ?? false);

        decimal? Number(string key)
        {
            if (reader.Text(parameter, key) is not { } scalar) return null;
            if (scalar.AsNumber() is { } number) return number;
            errors.Add(scalar.Location, name, $"{key} must be a number");
            return null;
        }
    }
}
