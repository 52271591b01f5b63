# The bot, and `slipway vantage` (arguments: src/main.ts vantage). To pin the bases for good give them by digest:
#   docker build --build-arg RUN_IMAGE=gcr.io/distroless/nodejs24-debian12:nonroot@sha256:… .
ARG BUILD_IMAGE=node:24-bookworm-slim
ARG RUN_IMAGE=gcr.io/distroless/nodejs24-debian12:nonroot

FROM ${BUILD_IMAGE} AS build
WORKDIR /app
# 1: the sandbox too, with what it needs of the development dependencies. It runs git, which distroless has not:
# with --build-arg RUN_IMAGE=node:24-bookworm, and `node src/sandbox/main.ts` as the command.
ARG WITH_SANDBOX=0
COPY package.json package-lock.json ./
# No install scripts: none of what the bot needs has one.
RUN if [ "$WITH_SANDBOX" = 1 ]; then npm ci --ignore-scripts; else npm ci --ignore-scripts --omit=dev; fi
COPY . .
RUN if [ "$WITH_SANDBOX" != 1 ]; then rm -rf src/sandbox manifests; fi
# What Node makes of the sources, types stripped: with it a process need not load the stripper, which is a sixth of what an
# idle one takes. Filled by a start that gets as far as its configuration (EX_CONFIG), by the user and at the path that it is
# used by. It is of one Node version, one kind of CPU and the same V8 flags; where they differ it goes unused, and all works.
# https://nodejs.org/docs/latest-v24.x/api/module.html#module-compile-cache
ENV NODE_COMPILE_CACHE=/app/.compile-cache
RUN mkdir "$NODE_COMPILE_CACHE" && chown 65532 "$NODE_COMPILE_CACHE"
USER 65532
RUN NODE_ENV=production node src/main.ts 2>/dev/null || [ $? -eq 78 ]

FROM ${RUN_IMAGE}
WORKDIR /app
ENV NODE_ENV=production NODE_COMPILE_CACHE=/app/.compile-cache
# The lockfile stays, so that scanners can say what is in here.
COPY --from=build /app ./
USER 65532
EXPOSE 3000 9090
# The image's entrypoint is Node, which runs TypeScript as it is.
CMD ["src/main.ts"]
