using Amazon.Runtime;

namespace Amazon.Lambda;

/// <summary>How a function is invoked.</summary>
public class InvocationType : ConstantClass
{
    /// <summary>Asynchronously: Lambda queues the event and answers at once.</summary>
    public static readonly InvocationType Event = new("Event");

    public InvocationType(string value)
        : base(value)
    {
    }

    public static InvocationType FindValue(string value) => FindValue<InvocationType>(value);

    public static implicit operator InvocationType(string value) => FindValue(value);
}
