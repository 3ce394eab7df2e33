using Isobar.Local.Lambda.Control.Operations;
using Isobar.Local.Lambda.Images;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>The part of the API by which functions are made and changed.</summary>
internal static class FunctionOperations
{
    /// <param name="context">The Region and account that the functions are in, and identifiers.</param>
    public static RestJsonProtocol AddFunctions(
        this RestJsonProtocol wire, Monitor<FunctionRegistry> functions, CodeUploads uploads, FunctionLayers layers,
        FunctionMaker maker, RuntimeSupport runtimes, FunctionImages images, Services.ServiceContext context,
        Func<RestRequest, string> functionArn)
    {
        const string functionPath = "/2015-03-31/functions";
        var rules = new FunctionConfigurationRules(runtimes);
        var create = new CreateFunction(
            functions, uploads, layers, maker, rules, images, context.Identifiers, context.Region);
        return wire
            .Add("CreateFunction", "POST", functionPath, create.HandleAsync)
            .Add("CreateFunction", "POST", functionPath + "/", create.HandleAsync)
            .Add("UpdateFunctionCode", "PUT", functionPath + "/{FunctionName}/code",
                new UpdateFunctionCode(functions, uploads, images, context.Identifiers, context.Region).HandleAsync,
                functionArn)
            .Add("UpdateFunctionConfiguration", "PUT", functionPath + "/{FunctionName}/configuration",
                new UpdateFunctionConfiguration(
                    functions, layers, rules, context.Keys, context.Identifiers, context.Region).HandleAsync,
                functionArn);
    }
}
