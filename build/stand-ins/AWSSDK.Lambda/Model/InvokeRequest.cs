using System.IO;
using System.Text;

namespace Amazon.Lambda.Model;

/// <summary>A function and the event for it.</summary>
public partial class InvokeRequest : AmazonLambdaRequest
{
    /// <summary>A name or ARN.</summary>
    public string FunctionName { get; set; }

    /// <summary>Null invokes synchronously.</summary>
    public InvocationType InvocationType { get; set; }

    /// <summary>The event as JSON, kept in PayloadStream.</summary>
    public string Payload
    {
        get => PayloadStream is null ? null : Encoding.UTF8.GetString(PayloadStream.ToArray());
        set => PayloadStream = value is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(value));
    }

    public MemoryStream PayloadStream { get; set; }
}
