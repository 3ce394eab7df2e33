using Isobar.Local.Ownership;
using Isobar.Local.Services.S3.Payload;

namespace Isobar.Local.Services.S3;

/// <summary>Asks S3's state, and deletes the files that are not needed after the answer.</summary>
internal sealed class S3Store(Monitor<S3State> monitor, BlobFiles files)
{
    public TAnswer Ask<TAnswer>(Func<S3State, DateTimeOffset, TAnswer> question)
    {
        IReadOnlyList<Blob> garbage = [];
        try
        {
            return monitor.Ask((state, now) =>
            {
                try
                {
                    return question(state, now);
                }
                finally
                {
                    garbage = state.Blobs.TakeGarbage();
                }
            });
        }
        finally
        {
            files.Delete(garbage);
        }
    }

    public void Post(Action<S3State, DateTimeOffset> message) => Ask((state, now) =>
    {
        message(state, now);
        return true;
    });
}
