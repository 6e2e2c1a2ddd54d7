"""Carries connections on: forward.py HOST PORT listens there and hands on to 127.0.0.1:PORT."""

import asyncio
import sys


async def main(host: str, port: int) -> None:
    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while chunk := await reader.read(65536):
            writer.write(chunk)
            await writer.drain()
        writer.close()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to_reader, to_writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(carry(reader, to_writer), carry(to_reader, writer))

    async with await asyncio.start_server(accept, host, port) as server:
        print("ready", flush=True)  # noqa: T201 -- what its starter waits for
        await server.serve_forever()


asyncio.run(main(sys.argv[1], int(sys.argv[2])))
