using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kinesis.Operations;

/// <summary>A request that names a stream and nothing else.</summary>
internal sealed record StreamRequest(string? StreamName, string? StreamARN)
{
    /// <exception cref="AwsException">ValidationException; InvalidArgumentException.</exception>
    public string Name(CallScope scope)
    {
        new ModelConstraints().Stream(StreamName, StreamARN).ThrowIfAny();
        return StreamParameters.NameOf(StreamName, StreamARN, scope);
    }
}

/// <param name="EnforceConsumerDeletion">Says nothing here: there are no consumers that could keep a stream.</param>
internal sealed record DeleteStreamRequest(string? StreamName, string? StreamARN, bool? EnforceConsumerDeletion)
{
    /// <exception cref="AwsException">ValidationException; InvalidArgumentException.</exception>
    public string Name(CallScope scope) => new StreamRequest(StreamName, StreamARN).Name(scope);
}
