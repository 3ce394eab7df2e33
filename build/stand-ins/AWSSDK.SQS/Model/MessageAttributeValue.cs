using System.IO;

namespace Amazon.SQS.Model;

/// <summary>An attribute of the sender; DataType (String, Number, Binary) says which value counts.</summary>
public partial class MessageAttributeValue
{
    public MemoryStream BinaryValue { get; set; }

    public string DataType { get; set; }

    public string StringValue { get; set; }
}

/// <summary>An attribute of AWS, such as AWSTraceHeader.</summary>
public partial class MessageSystemAttributeValue
{
    public MemoryStream BinaryValue { get; set; }

    public string DataType { get; set; }

    public string StringValue { get; set; }
}
