using System.Xml;
using Microsoft.Extensions.Primitives;

namespace Isobar.Local.Wire;

/// <summary>The parameters of one Query request, each of which an operation must read or refuse.</summary>
internal sealed partial class QueryParameters(IReadOnlyDictionary<string, StringValues> values)
{
    private readonly HashSet<string> read = new(["Action", "Version"], StringComparer.Ordinal);

    public string? Optional(string name)
    {
        read.Add(name);
        return values.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
    }

    /// <summary>A parameter's value, for authorization: the operation still has to read it.</summary>
    public string? Peek(string name) => values.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <exception cref="AwsException">ValidationError: the request has parameters that no one read.</exception>
    public void RefuseOthers()
    {
        if (values.Keys.FirstOrDefault(name => !read.Contains(name)) is { } other)
            throw new AwsException("ValidationError", $"The parameter {other} is not supported.");
    }
}

/// <summary>The awsQuery protocol: form parameters in, XML out.</summary>
/// <remarks>Source: Smithy, "AWS query protocol".</remarks>
/// <param name="xmlNamespace">The namespace of the response, for example
/// <c>https://sts.amazonaws.com/doc/2011-06-15/</c>.</param>
internal sealed class AwsQueryProtocol(string xmlNamespace) : IWireProtocol
{
    private readonly Dictionary<string, Operation> operations = new(StringComparer.Ordinal);

    public long MaxRequestBytes => 1_048_576;

    /// <summary>Adds an operation, which writes the elements of its result.</summary>
    /// <param name="actions">What authorization is asked; null when the operation has no resource.</param>
    public AwsQueryProtocol Add(
        string operation, Action<QueryParameters, CallScope, XmlWriter> handle,
        Func<QueryParameters, CallScope, IEnumerable<ResourceAction>>? actions = null)
    {
        operations.Add(operation, new Operation(handle, actions));
        return this;
    }

    public async Task HandleAsync(HttpContext http, CallScope scope)
    {
        var values = http.Request.Query.ToDictionary(StringComparer.Ordinal);
        if (http.Request.HasFormContentType)
        {
            try
            {
                foreach (var (name, value) in await http.Request.ReadFormAsync(http.RequestAborted))
                    values[name] = value;
            }
            catch (Exception e) when (e is InvalidDataException or IOException)
            {
                throw new AwsException("MalformedQueryString", "The form body could not be read.");
            }
        }

        var action = values.GetValueOrDefault("Action").ToString();
        if (!operations.TryGetValue(action, out var operation))
            throw new AwsException("InvalidAction", $"Could not find operation {action}.");
        var parameters = new QueryParameters(values);
        scope.Authorize(action, parameters, operation.Actions);
        await WriteAsync(http, scope, 200, $"{action}Response", xml =>
        {
            xml.WriteStartElement($"{action}Result");
            operation.Handle(parameters, scope, xml);
            xml.WriteEndElement();
            xml.WriteStartElement("ResponseMetadata");
            xml.WriteElementString("RequestId", scope.RequestId);
            xml.WriteEndElement();
        });
    }

    public Task WriteErrorAsync(HttpContext http, CallScope scope, AwsException error) =>
        WriteAsync(http, scope, error.Status, "ErrorResponse", xml =>
        {
            xml.WriteStartElement("Error");
            xml.WriteElementString("Type", error.Status < 500 ? "Sender" : "Receiver");
            xml.WriteElementString("Code", error.Code);
            xml.WriteElementString("Message", XmlText.Clean(error.Message));
            xml.WriteEndElement();
            xml.WriteElementString("RequestId", scope.RequestId);
        });

    private Task WriteAsync(HttpContext http, CallScope scope, int status, string root, Action<XmlWriter> content)
    {
        http.Response.Headers["x-amzn-RequestId"] = scope.RequestId;
        return XmlText.WriteAsync(http, status, "text/xml", root, xmlNamespace, content);
    }

    private sealed record Operation(
        Action<QueryParameters, CallScope, XmlWriter> Handle,
        Func<QueryParameters, CallScope, IEnumerable<ResourceAction>>? Actions);
}
