using Amazon.Lambda.Core;

namespace Isobar.Functions.Tests;

/// <summary>The context of an invocation, of which functions read the time that is left.</summary>
internal sealed class Invocation(TimeSpan? remaining = null) : ILambdaContext
{
    public TimeSpan RemainingTime => remaining ?? TimeSpan.FromMinutes(2);

    public string AwsRequestId => "6bc28136-xmpl-4365-b021-0ce6b2e64ab0";

    public string FunctionName => "function";

    public string FunctionVersion => "$LATEST";

    public string InvokedFunctionArn => "arn:aws:lambda:us-east-1:000000000000:function:function";

    public string LogGroupName => "/aws/lambda/function";

    public string LogStreamName => "stream";

    public int MemoryLimitInMB => 512;

    public IClientContext ClientContext => null!;

    public ICognitoIdentity Identity => null!;

    public ILambdaLogger Logger => null!;
}
