using Isobar.Local.Services.Sts.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sts;

/// <summary>
/// AWS Security Token Service: says who the caller is.
/// </summary>
internal sealed class StsModule : IServiceModule
{
    public string SigningName => "sts";

    public IWireProtocol Wire { get; } = new AwsQueryProtocol("https://sts.amazonaws.com/doc/2011-06-15/")
        .Add("GetCallerIdentity", GetCallerIdentity.Handle);
}
