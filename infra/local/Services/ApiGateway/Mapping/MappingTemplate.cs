using System.Text;

namespace Isobar.Local.Services.ApiGateway.Mapping;

/// <summary>A mapping template in Velocity's language, understood as far as the README says.</summary>
internal sealed class MappingTemplate
{
    private readonly IReadOnlyList<Node> nodes;

    private MappingTemplate(IReadOnlyList<Node> nodes) => this.nodes = nodes;

    /// <summary>Reads the template of a request or of an integration's response.</summary>
    /// <exception cref="TemplateSyntaxException">Something in it is not supported.</exception>
    public static MappingTemplate Parse(string text) =>
        new(new TemplateReader(new Cursor(text), isPlain: false).ReadAll());

    /// <summary>Reads the template of a gateway response, where only variables are replaced.</summary>
    /// <remarks>Source: API Gateway Developer Guide, "Gateway responses": no VTL beyond variables.</remarks>
    /// <exception cref="TemplateSyntaxException">Something in it is not supported.</exception>
    public static MappingTemplate ParsePlain(string text) =>
        new(new TemplateReader(new Cursor(text), isPlain: true).ReadAll());

    /// <exception cref="TemplateFailedException">It can't be run with this request.</exception>
    public string Evaluate(TemplateScope scope)
    {
        var output = new StringBuilder();
        foreach (var node in nodes) node.Write(output, scope);
        return output.ToString();
    }
}
